using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Storage.Ledger;

/// <summary>Holds, the outbox of releases, and what a dead process left behind.</summary>
public sealed partial class SqliteToolLedger
{
    /// <inheritdoc/>
    /// <remarks>Asked for again (a renewal), an open hold keeps its beginning and takes the new time to live.</remarks>
    public Task HoldIntendedAsync(HoldId hold, CallId call, string tool, DateTimeOffset expiresAt, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            if (transaction.Hold(hold) is not { } row) transaction.Rows.Holds.Add(NewHold(hold, call, tool, expiresAt));
            else if (row.End is null) row.ExpiresAt = expiresAt;
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The hold was never intended.</exception>
    public Task HoldEndedAsync(HoldId hold, HoldEnd end, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            var row = transaction.Hold(hold) ?? throw new InvalidOperationException($"The ledger has no hold {hold}.");
            if (row.End is not null) return Task.FromResult(false);
            row.End = end;
            row.EndedAt = _time.GetUtcNow();
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A hold that the ledger does not know (its intent was lost with a disk) is entered with the release: giving back too much does no harm.</remarks>
    public Task QueueReleaseAsync(HoldId hold, string tool, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            var now = _time.GetUtcNow();
            if (transaction.Hold(hold) is not { } row)
                transaction.Rows.Holds.Add(row = NewHold(hold, CallId.Parse(hold.Value.Split('/')[0]), tool, now));
            if (row.End is null) row.ReleaseQueuedAt ??= now;
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> PendingReleasesAsync(CancellationToken cancellationToken) => _database.ReadAsync(async rows =>
        Entries(await rows.Holds.Where(h => h.End == null && h.ReleaseQueuedAt != null)
            .OrderBy(h => h.ReleaseQueuedAt).ThenBy(h => h.Sequence).ToListAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<HoldEntry>> HoldsAsync(CallId call, CancellationToken cancellationToken) => _database.ReadAsync(async rows =>
    {
        var text = call.ToString();
        return Entries(await rows.Holds.Where(h => h.CallId == text).OrderBy(h => h.Sequence).ToListAsync(cancellationToken));
    });

    /// <inheritdoc/>
    /// <remarks>
    /// A process lives as long as the kernel keeps its lock (see the owners' folder). A <see cref="LedgerEntry.Local"/> effect that is only
    /// intended had none: it can be resolved as failed without a look-up.
    /// </remarks>
    public Task<LedgerBacklog> BacklogAsync(CancellationToken cancellationToken) => _database.ReadAsync(async rows =>
    {
        var living = new Dictionary<string, bool>(StringComparer.Ordinal);
        var holds = await rows.Holds.Where(h => h.End == null).OrderBy(h => h.Sequence).ToListAsync(cancellationToken);
        var owners = await rows.Effects.Where(e => e.State == LedgerState.Intended || e.State == LedgerState.Unknown)
            .Select(e => e.Owner).Distinct().ToListAsync(cancellationToken);
        var dead = owners.Where(o => !Lives(o)).ToList();
        var effects = rows.Effects.Where(e => (e.State == LedgerState.Intended || e.State == LedgerState.Unknown) && dead.Contains(e.Owner));
        return new LedgerBacklog(Entries([.. holds.Where(h => !Lives(h.Owner))]), [.. Entries(rows, effects)]);

        bool Lives(string owner) => living.TryGetValue(owner, out var lives) ? lives : living[owner] = _owner.IsAlive(owner);
    });

    private HoldRow NewHold(HoldId hold, CallId call, string tool, DateTimeOffset expiresAt) => new()
    {
        Hold = hold.Value,
        CallId = call.ToString(),
        Tool = tool,
        Owner = _owner.Id,
        IntendedAt = _time.GetUtcNow(),
        ExpiresAt = expiresAt,
    };

    private static IReadOnlyList<HoldEntry> Entries(List<HoldRow> holds) =>
        [.. holds.Select(h => new HoldEntry(new(h.Hold), CallId.Parse(h.CallId), h.Tool, h.IntendedAt, h.ExpiresAt, h.ReleaseQueuedAt is not null, h.End))];
}
