using System.Collections.Frozen;
using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>What recovery found and did.</summary>
/// <param name="Done">Effects that turned out to be effective.</param>
/// <param name="Failed">Effects that turned out never to have happened.</param>
/// <param name="Unknown">Effects of which nobody can say: logged for a person.</param>
/// <param name="Released">Holds whose release was queued.</param>
/// <param name="Confirmed">Holds that turned out to have become effects.</param>
public sealed record RecoveryReport(int Done, int Failed, int Unknown, int Released, int Confirmed);

/// <summary>Settles at start what a dead process left open: first the effects, by key, then the holds.</summary>
internal sealed partial class LedgerRecovery(ImmutableArray<Tool> tools, IToolLedger ledger, ToolRunner runner, ReleaseOutbox outbox, ILogger log)
{
    private readonly FrozenDictionary<string, Tool> _tools = tools.ToFrozenDictionary(t => t.Descriptor.Name, StringComparer.Ordinal);
    private readonly ILogger _log = log;

    internal async Task<RecoveryReport> RunAsync(CancellationToken cancellationToken)
    {
        var backlog = await ledger.BacklogAsync(cancellationToken);
        int done = 0, failed = 0;
        var unknown = new HashSet<(CallId, string)>();
        foreach (var effect in backlog.Effects)
        {
            switch (await SettleAsync(effect, cancellationToken))
            {
                case LedgerState.Done: done++; break;
                case LedgerState.Failed: failed++; break;
                default: unknown.Add((effect.Key.Call, effect.Key.Tool)); break;
            }
        }

        int released = 0, confirmed = 0;
        foreach (var hold in backlog.Holds)
        {
            // Its confirm may have gone through: giving it back could take away what the caller has.
            if (unknown.Contains((hold.Call, hold.Tool))) continue;
            if (await WasConfirmedAsync(hold, cancellationToken))
            {
                confirmed++;
                continue;
            }

            outbox.Release(hold.Hold, hold.Tool, hold.ExpiresAt, ended: null);
            released++;
        }

        await outbox.ResumeAsync(cancellationToken);
        var report = new RecoveryReport(done, failed, unknown.Count, released, confirmed);
        LogRecovered(report.Done, report.Failed, report.Unknown, report.Released, report.Confirmed);
        return report;
    }

    private async Task<LedgerState> SettleAsync(LedgerEntry effect, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(effect.Key.Tool, out var tool)) return Unknown(effect, "no_such_tool");
        if ((effect.Local || tool.Local) && effect.State == LedgerState.Intended)
        {
            // A local effect and its outcome are one commit: without the outcome there is no effect.
            await ledger.ResolveAsync(effect.Key, new(LedgerState.Failed, null, new ToolFailure.Unavailable()), cancellationToken);
            return LedgerState.Failed;
        }

        try
        {
            return ToolRunner.StateOf(await runner.LookUpAsync(tool, effect.Key, tool.Descriptor.Deadline, cancellationToken)) switch
            {
                "done" => LedgerState.Done,
                "absent" => LedgerState.Failed,
                _ => Unknown(effect, "not_known"),
            };
        }
#pragma warning disable CA1031 // One back end that is down must not keep the host from starting; the entry stays as it is for the next start.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Unknown(effect, fault.GetType().Name);
        }
    }

    private LedgerState Unknown(LedgerEntry effect, string why)
    {
        LogUnknown(effect.Key, why, effect.IntendedAt);
        return LedgerState.Unknown;
    }

    private async Task<bool> WasConfirmedAsync(HoldEntry hold, CancellationToken cancellationToken)
    {
        var holds = await ledger.HoldsAsync(hold.Call, cancellationToken);
        var now = holds.First(h => h.Hold == hold.Hold);
        if (now.End is not null) return now.End == HoldEnd.Confirmed;

        // The process may have died between the effect's commit and the hold's: one effect more than confirmed holds, and this hold was before it.
        var effects = (await ledger.EntriesAsync(hold.Call, cancellationToken)).Where(e => e.Key.Tool == hold.Tool && e.State == LedgerState.Done).ToList();
        if (effects.Count <= holds.Count(h => h.Tool == hold.Tool && h.End == HoldEnd.Confirmed)) return false;
        if (hold.IntendedAt > effects[^1].IntendedAt) return false;
        var last = holds.Last(h => h.Tool == hold.Tool && h.End is null && h.IntendedAt <= effects[^1].IntendedAt);
        if (last.Hold != hold.Hold) return false;
        await ledger.HoldEndedAsync(hold.Hold, HoldEnd.Confirmed, cancellationToken);
        return true;
    }

    [LoggerMessage(60, LogLevel.Information, "ledger.recovered: {Done} effects done, {Failed} never happened, {Unknown} unknown, {Released} holds released, {Confirmed} confirmed")]
    private partial void LogRecovered(int done, int failed, int unknown, int released, int confirmed);

    [LoggerMessage(61, LogLevel.Error, "ledger.unknown {Key}: {Why}, intended at {IntendedAt}. A person must look whether it happened; it is not repeated.")]
    private partial void LogUnknown(EffectKey key, string why, DateTimeOffset intendedAt);
}
