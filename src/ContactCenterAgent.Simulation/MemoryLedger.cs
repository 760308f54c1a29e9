using System.Data.Common;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Simulation;

/// <summary>A ledger for virtual time: keeps in memory what the real one keeps on disk, by the same rules. A second host on the same instance is a restart.</summary>
/// <remarks>A local effect gets no connection and no transaction: there is no database behind it.</remarks>
public sealed class MemoryLedger(TimeProvider time) : IToolLedger
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<HoldEntry> _holds = [];

    /// <summary>The disk is full.</summary>
    public bool ReadOnly { get; set; }

    /// <inheritdoc/>
    public Task<LedgerOutcome> ExecuteOnceAsync(
        EffectKey key, Func<DbConnection, DbTransaction, CancellationToken, Task<string>> effect, CancellationToken cancellationToken) =>
        ExecuteAsync(key, ct => effect(null!, null!, ct), LedgerState.Failed, cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerOutcome> ExecuteRemoteOnceAsync(EffectKey key, Func<CancellationToken, Task<string>> effect, CancellationToken cancellationToken) =>
        ExecuteAsync(key, effect, LedgerState.Unknown, cancellationToken);

    /// <inheritdoc/>
    public Task ResolveAsync(EffectKey key, LedgerOutcome outcome, CancellationToken cancellationToken)
    {
        Save(key, outcome);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<LedgerEntry?> FindAsync(EffectKey key, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_entries.Find(e => e.Key == key));
    }

    /// <inheritdoc/>
    public Task HoldIntendedAsync(HoldId hold, CallId call, string tool, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        CheckWritable();
        lock (_gate) _holds.Add(new(hold, call, tool, time.GetUtcNow(), expiresAt, ReleaseQueued: false, End: null));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HoldEndedAsync(HoldId hold, HoldEnd end, CancellationToken cancellationToken)
    {
        CheckWritable();
        Change(hold, h => h.End is null ? h with { End = end } : h);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task QueueReleaseAsync(HoldId hold, string tool, CancellationToken cancellationToken)
    {
        CheckWritable();
        Change(hold, h => h with { ReleaseQueued = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> PendingReleasesAsync(CancellationToken cancellationToken) => Holds(h => h.ReleaseQueued && h.End is null);

    /// <inheritdoc/>
    public Task<LedgerBacklog> BacklogAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(new LedgerBacklog(
                [.. _holds.Where(h => h.End is null)], [.. _entries.Where(e => e.State is LedgerState.Intended or LedgerState.Unknown)]));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> EntriesAsync(CallId call, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<LedgerEntry>>([.. _entries.Where(e => e.Key.Call == call)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> HoldsAsync(CallId call, CancellationToken cancellationToken) => Holds(h => h.Call == call);

    private async Task<LedgerOutcome> ExecuteAsync(
        EffectKey key, Func<CancellationToken, Task<string>> effect, LedgerState afterFault, CancellationToken cancellationToken)
    {
        CheckWritable();
        lock (_gate)
        {
            switch (_entries.Find(e => e.Key == key))
            {
                case { State: LedgerState.Done } done: return new(LedgerState.Done, done.ResultJson, null);
                case { State: LedgerState.Intended or LedgerState.Unknown }: return new(LedgerState.Unknown, null, new ToolFailure.Unknown());
                case { State: LedgerState.Failed } failed: return new(LedgerState.Failed, null, new ToolFailure.Refused(failed.FailureCode ?? "failed"));
            }

            _entries.Add(new(key, LedgerState.Intended, null, null, time.GetUtcNow(), null));
        }

        LedgerOutcome outcome;
        try
        {
            outcome = new(LedgerState.Done, await effect(cancellationToken), null);
        }
        catch (ToolRefusedException refused)
        {
            outcome = new(LedgerState.Failed, null, new ToolFailure.Refused(refused.Reason));
        }
        catch (ToolUnavailableException)
        {
            outcome = new(LedgerState.Failed, null, new ToolFailure.Unavailable());
        }
#pragma warning disable CA1031 // What an effect may throw is anybody's guess; the rule is the ledger's: rolled back where local, else unknown.
        catch (Exception)
#pragma warning restore CA1031
        {
            outcome = new(afterFault, null, afterFault == LedgerState.Unknown ? new ToolFailure.Unknown() : new ToolFailure.Broken());
        }

        Save(key, outcome);
        return outcome;
    }

    private void Save(EffectKey key, LedgerOutcome outcome)
    {
        CheckWritable();
        lock (_gate)
        {
            var i = _entries.FindIndex(e => e.Key == key);
            var entry = i < 0 ? new LedgerEntry(key, outcome.State, null, null, time.GetUtcNow(), null) : _entries[i];
            var ended = entry with { State = outcome.State, ResultJson = outcome.ResultJson, FailureCode = outcome.Failure?.Code, EndedAt = time.GetUtcNow() };
            if (i < 0) _entries.Add(ended);
            else _entries[i] = ended;
        }
    }

    private void Change(HoldId hold, Func<HoldEntry, HoldEntry> change)
    {
        lock (_gate)
        {
            var i = _holds.FindIndex(h => h.Hold == hold);
            if (i >= 0) _holds[i] = change(_holds[i]);
        }
    }

    private Task<IReadOnlyList<HoldEntry>> Holds(Func<HoldEntry, bool> which)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<HoldEntry>>([.. _holds.Where(which)]);
    }

    private void CheckWritable()
    {
        if (ReadOnly) throw new StoreReadOnlyException("The disk is full.");
    }
}
