using System.Data.Common;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Abstractions;

/// <summary>The durable record of every hold and every effect: what was intended, what came of it. Laws 2 and 3 rest on it.</summary>
/// <remarks>Thread-safe. Every method that returns has its rows on disk. A full disk throws <see cref="StoreReadOnlyException"/> and has changed nothing.</remarks>
public interface IToolLedger
{
    /// <summary>
    /// Runs a local effect at most once. First an intent transaction; then, in one transaction, <paramref name="effect"/> and its outcome.
    /// A key that is already done returns the saved result and does not run the effect; a key whose outcome is unknown returns <see cref="ToolFailure.Unknown"/>.
    /// </summary>
    /// <param name="key">The effect's key.</param>
    /// <param name="effect">Gets the ledger's open connection and transaction; returns the tool's JSON. A thrown <see cref="ToolRefusedException"/> rolls the effect back and is saved as failed.</param>
    /// <param name="cancellationToken">Before the effect's commit; after it the call runs to its end.</param>
    Task<LedgerOutcome> ExecuteOnceAsync(EffectKey key, Func<DbConnection, DbTransaction, CancellationToken, Task<string>> effect, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a remote effect at most once: intent transaction, <paramref name="effect"/>, outcome transaction. A failure of which it is not known whether it had
    /// an effect (a lost connection, a deadline) is saved as unknown.
    /// </summary>
    Task<LedgerOutcome> ExecuteRemoteOnceAsync(EffectKey key, Func<CancellationToken, Task<string>> effect, CancellationToken cancellationToken);

    /// <summary>Saves what a look-up by key found. An absent effect becomes failed, so a further occurrence may be tried.</summary>
    Task ResolveAsync(EffectKey key, LedgerOutcome outcome, CancellationToken cancellationToken);

    /// <summary>The entry of a key; null = none.</summary>
    Task<LedgerEntry?> FindAsync(EffectKey key, CancellationToken cancellationToken);

    /// <summary>Saves that a hold is about to be asked for, before it is sent.</summary>
    Task HoldIntendedAsync(HoldId hold, CallId call, string tool, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Saves how a hold ended. The first end counts; a later one is ignored.</summary>
    Task HoldEndedAsync(HoldId hold, HoldEnd end, CancellationToken cancellationToken);

    /// <summary>Puts a release into the durable outbox. Idempotent.</summary>
    Task QueueReleaseAsync(HoldId hold, string tool, CancellationToken cancellationToken);

    /// <summary>Releases that are due, oldest first.</summary>
    Task<IReadOnlyList<HoldEntry>> PendingReleasesAsync(CancellationToken cancellationToken);

    /// <summary>Holds without an end and effects intended or unknown, of calls that no living process has: what recovery at start must settle.</summary>
    Task<LedgerBacklog> BacklogAsync(CancellationToken cancellationToken);

    /// <summary>All entries of one call in order: for the person who takes over, and for tests.</summary>
    Task<IReadOnlyList<LedgerEntry>> EntriesAsync(CallId call, CancellationToken cancellationToken);

    /// <summary>All holds of one call in order.</summary>
    Task<IReadOnlyList<HoldEntry>> HoldsAsync(CallId call, CancellationToken cancellationToken);
}

/// <summary>Where an effect stands.</summary>
public enum LedgerState
{
    /// <summary>Intent saved; the effect may or may not have been sent.</summary>
    Intended,

    /// <summary>Effective.</summary>
    Done,

    /// <summary>Known not to be effective.</summary>
    Failed,

    /// <summary>Nobody knows; blocks its identity until resolved.</summary>
    Unknown,
}

/// <summary>One effect.</summary>
public sealed record LedgerEntry(EffectKey Key, LedgerState State, string? ResultJson, string? FailureCode, DateTimeOffset IntendedAt, DateTimeOffset? EndedAt)
{
    /// <summary>
    /// It ran in the ledger's own transaction: <see cref="LedgerState.Intended"/> then means that it had no effect, and recovery may resolve it as failed
    /// without a look-up.
    /// </summary>
    public bool Local { get; init; }
}

/// <summary>What came of an effect.</summary>
/// <param name="State">Done, failed or unknown.</param>
/// <param name="ResultJson">The tool's JSON where done.</param>
/// <param name="Failure">Where not done.</param>
public sealed record LedgerOutcome(LedgerState State, string? ResultJson, ToolFailure? Failure);

/// <summary>How a hold ended.</summary>
public enum HoldEnd
{
    /// <summary>Became the effect.</summary>
    Confirmed,

    /// <summary>Given back.</summary>
    Released,

    /// <summary>Ran out by itself.</summary>
    Expired,
}

/// <summary>One hold attempt.</summary>
public sealed record HoldEntry(HoldId Hold, CallId Call, string Tool, DateTimeOffset IntendedAt, DateTimeOffset ExpiresAt, bool ReleaseQueued, HoldEnd? End);

/// <summary>What recovery must settle.</summary>
public sealed record LedgerBacklog(IReadOnlyList<HoldEntry> Holds, IReadOnlyList<LedgerEntry> Effects);

/// <summary>The store takes no writes: its disk is full or it is mounted read-only. Nothing was changed.</summary>
public sealed class StoreReadOnlyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A store was written by a newer version of this program.</summary>
public sealed class StoreTooNewException(string message) : Exception(message);
