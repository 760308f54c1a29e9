using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// Gives holds back: first into the ledger, then to the back end, again and again with longer waits until it has taken the release or the hold has run out by
/// itself. Outlives the calls; a new process goes on where the last one died.
/// </summary>
internal sealed partial class ReleaseOutbox : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HoldId, Action<bool>?> _open = [];
    private readonly FrozenDictionary<string, Tool> _tools;
    private readonly IToolLedger _ledger;
    private readonly BackEndBudgets _budgets;
    private readonly ToolCaller _caller;
    private readonly TimeProvider _time;
    private readonly RuntimeOptions _options;
    private readonly ILogger _log;
    private readonly TaskScope _scope;

    internal ReleaseOutbox(
        ImmutableArray<Tool> tools, IToolLedger ledger, BackEndBudgets budgets, ToolCaller caller, TimeProvider time, RuntimeOptions options, ILogger log)
    {
        _tools = tools.ToFrozenDictionary(t => t.Descriptor.Name, StringComparer.Ordinal);
        (_ledger, _budgets, _caller, _time, _options, _log) = (ledger, budgets, caller, time, options, log);
        _scope = new(fault => LogBroken(fault.GetType().Name), CancellationToken.None);
    }

    /// <summary>Releases that have not come to their end.</summary>
    internal int Open
    {
        get { lock (_gate) return _open.Count; }
    }

    /// <summary>Releases a hold. Returns at once.</summary>
    /// <param name="hold">Which.</param>
    /// <param name="tool">The tool that placed it.</param>
    /// <param name="expiresAt">When it runs out by itself.</param>
    /// <param name="ended">Told how it ended: true = it had run out. Null: nobody waits for it.</param>
    internal void Release(HoldId hold, string tool, DateTimeOffset expiresAt, Action<bool>? ended)
    {
        lock (_gate)
        {
            // A second wish for the same release waits for the first one's end.
            if (_open.TryGetValue(hold, out var waiting))
            {
                _open[hold] = waiting + ended;
                return;
            }

            _open[hold] = ended;
        }

        _scope.Start(ct => ReleaseAsync(hold, tool, expiresAt, ct));
    }

    /// <summary>Takes up the releases that an earlier process had queued.</summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in await _ledger.PendingReleasesAsync(cancellationToken))
            Release(pending.Hold, pending.Tool, pending.ExpiresAt, ended: null);
    }

    /// <summary>Stops the attempts; what is queued stays in the ledger for the next start.</summary>
    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    private async Task ReleaseAsync(HoldId hold, string tool, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await QueueAsync(hold, tool, cancellationToken);
        var wait = _options.ReleaseRetry;
        HoldEnd? end;
        while ((end = await TryReleaseAsync(hold, tool, cancellationToken)) is null)
        {
            if (_time.GetUtcNow() >= expiresAt)
            {
                end = HoldEnd.Expired;
                break;
            }

            await Task.Delay(wait, _time, cancellationToken);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, _options.ReleaseRetryMax.Ticks));
        }

        await SaveEndAsync(hold, end.Value, cancellationToken);
        Action<bool>? ended;
        lock (_gate) _open.Remove(hold, out ended);
        ended?.Invoke(end == HoldEnd.Expired);
    }

    /// <returns>How the hold ended; null = try again.</returns>
    private async Task<HoldEnd?> TryReleaseAsync(HoldId hold, string tool, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(tool, out var releasing) || releasing.Release is not { } release)
        {
            LogNoRelease(tool, hold);
            return null;
        }

        try
        {
            using var place = await _budgets.EnterAsync(releasing.Descriptor.BackEnd, BackEndPriority.Reserved, cancellationToken);
            var json = await _caller.CallAsync(tool, release, ToolArguments.OfRelease(hold), _options.ReleaseDeadline, cancellationToken);
            CallMetrics.ReleaseAttempts.Add(1, new KeyValuePair<string, object?>("outcome", "ok"));
            using var answer = JsonDocument.Parse(json);
            var expired = answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("expired", out var e) && e.ValueKind == JsonValueKind.True;
            return expired ? HoldEnd.Expired : HoldEnd.Released;
        }
#pragma warning disable CA1031 // Whatever went wrong, the release is tried again.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            CallMetrics.ReleaseAttempts.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
            LogTryAgain(tool, fault.GetType().Name, hold);
            return null;
        }
    }

    private async Task QueueAsync(HoldId hold, string tool, CancellationToken cancellationToken)
    {
        try
        {
            await _ledger.QueueReleaseAsync(hold, tool, cancellationToken);
        }
        catch (StoreReadOnlyException)
        {
            // Not durable then, but tried all the same; the hold's time to live is the backstop.
            LogNotDurable(tool, hold);
        }
    }

    private async Task SaveEndAsync(HoldId hold, HoldEnd end, CancellationToken cancellationToken)
    {
        try
        {
            await _ledger.HoldEndedAsync(hold, end, cancellationToken);
        }
        catch (StoreReadOnlyException)
        {
            // The next start finds it still queued and releases it again, which changes nothing.
        }
    }

    [LoggerMessage(50, LogLevel.Warning, "hold.release_failed {Tool}: {Fault}, hold {Hold}; it is tried again")]
    private partial void LogTryAgain(string tool, string fault, HoldId hold);

    [LoggerMessage(51, LogLevel.Warning, "hold.release_not_durable {Tool}: the store takes no writes, hold {Hold}")]
    private partial void LogNotDurable(string tool, HoldId hold);

    [LoggerMessage(52, LogLevel.Error, "hold.no_release {Tool}: no such tool or no release function, hold {Hold} runs out by itself")]
    private partial void LogNoRelease(string tool, HoldId hold);

    [LoggerMessage(53, LogLevel.Error, "hold.outbox_failed: {Fault}")]
    private partial void LogBroken(string fault);
}
