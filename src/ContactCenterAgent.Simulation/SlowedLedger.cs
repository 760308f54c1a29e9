using System.Data.Common;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Simulation;

/// <summary>A ledger whose local effects take as long as a back end's would, before their transaction begins.</summary>
/// <param name="inner">The real ledger.</param>
/// <param name="latency">How long: a confirm as <see cref="BackEndLatency.OfEnd"/>, a write as <see cref="BackEndLatency.OfCall"/>.</param>
/// <param name="reserves">Names of the reservations: their effects are confirms.</param>
/// <param name="time">The clock.</param>
public sealed class SlowedLedger(IToolLedger inner, BackEndLatency latency, IReadOnlySet<string> reserves, TimeProvider time) : IToolLedger
{
    /// <inheritdoc/>
    public async Task<LedgerOutcome> ExecuteOnceAsync(
        EffectKey key, Func<DbConnection, DbTransaction, CancellationToken, Task<string>> effect, CancellationToken cancellationToken)
    {
        var digest = key.Digest.ToString();
        var takes = reserves.Contains(key.Tool) ? latency.OfEnd(key.Tool, digest) : latency.OfCall(key.Tool, [new("digest", digest)]);
        await Task.Delay(takes, time, cancellationToken);
        return await inner.ExecuteOnceAsync(key, effect, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LedgerOutcome> ExecuteRemoteOnceAsync(EffectKey key, Func<CancellationToken, Task<string>> effect, CancellationToken cancellationToken) =>
        inner.ExecuteRemoteOnceAsync(key, effect, cancellationToken);

    /// <inheritdoc/>
    public Task ResolveAsync(EffectKey key, LedgerOutcome outcome, CancellationToken cancellationToken) => inner.ResolveAsync(key, outcome, cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerEntry?> FindAsync(EffectKey key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task HoldIntendedAsync(HoldId hold, CallId call, string tool, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        inner.HoldIntendedAsync(hold, call, tool, expiresAt, cancellationToken);

    /// <inheritdoc/>
    public Task HoldEndedAsync(HoldId hold, HoldEnd end, CancellationToken cancellationToken) => inner.HoldEndedAsync(hold, end, cancellationToken);

    /// <inheritdoc/>
    public Task QueueReleaseAsync(HoldId hold, string tool, CancellationToken cancellationToken) => inner.QueueReleaseAsync(hold, tool, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> PendingReleasesAsync(CancellationToken cancellationToken) => inner.PendingReleasesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerBacklog> BacklogAsync(CancellationToken cancellationToken) => inner.BacklogAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> EntriesAsync(CallId call, CancellationToken cancellationToken) => inner.EntriesAsync(call, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> HoldsAsync(CallId call, CancellationToken cancellationToken) => inner.HoldsAsync(call, cancellationToken);
}
