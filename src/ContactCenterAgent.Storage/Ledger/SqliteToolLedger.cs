using System.Data.Common;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Storage.Journal;
using ContactCenterAgent.Storage.Sqlite;

namespace ContactCenterAgent.Storage.Ledger;

/// <summary>The ledger in SQLite. Effects are here; holds and the outbox in the other part.</summary>
/// <remarks>
/// A local effect commits together with its outcome under the database's write lock, so an entry that is only intended has provably had no
/// effect: asking again runs it. A remote effect that is only intended may be on its way, or its process may have died: nobody knows.
/// Results are sealed with the call's key and go with it.
/// </remarks>
public sealed partial class SqliteToolLedger : IToolLedger
{
    private static readonly TimeSpan HangGrace = TimeSpan.FromSeconds(1);
    private readonly LedgerDatabase _database;
    private readonly OwnerLock _owner;
    private readonly TimeProvider _time;

    internal SqliteToolLedger(LedgerDatabase database, OwnerLock owner, TimeProvider time)
    {
        _database = database;
        _owner = owner;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<LedgerOutcome> ExecuteOnceAsync(
        EffectKey key, Func<DbConnection, DbTransaction, CancellationToken, Task<string>> effect, CancellationToken cancellationToken)
    {
        if (await IntendAsync(key, local: true, cancellationToken) is { } settled) return settled;
        try
        {
            return await _database.WriteAsync(
                async transaction =>
                {
                    // Two callers may both have found the intent; the write lock lets one of them at a time see whether the other is done.
                    var row = transaction.Effect(key)!;
                    if (row.State != LedgerState.Intended) return OutcomeOf(row, transaction.KeyOf(key.Call, _time.GetUtcNow()));
                    var done = new LedgerOutcome(LedgerState.Done, await RunLocalAsync(transaction, effect, cancellationToken), null);
                    End(transaction, row, done);
                    return done;
                },
                CancellationToken.None);
        }
        catch (EffectFailedException failed)
        {
            // The whole transaction is rolled back and its connection closed, so a tool that was left behind can change nothing later.
            return await EndAsync(key, failed.Outcome, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task<LedgerOutcome> ExecuteRemoteOnceAsync(EffectKey key, Func<CancellationToken, Task<string>> effect, CancellationToken cancellationToken)
    {
        if (await IntendAsync(key, local: false, cancellationToken) is { } settled) return settled;
        var outcome = await RunRemoteAsync(effect, cancellationToken);
        try
        {
            return await EndAsync(key, outcome, CancellationToken.None);
        }
        catch (StoreReadOnlyException)
        {
            // It was sent, but the ledger cannot say what came of it. The entry stays intended, and a look-up settles it.
            return Unknown;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The key has no entry.</exception>
    public Task ResolveAsync(EffectKey key, LedgerOutcome outcome, CancellationToken cancellationToken) => EndAsync(key, outcome, cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerEntry?> FindAsync(EffectKey key, CancellationToken cancellationToken) => _database.ReadAsync(rows =>
    {
        var text = key.ToString();
        return Task.FromResult(Entries(rows, rows.Effects.Where(e => e.Key == text)).SingleOrDefault());
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> EntriesAsync(CallId call, CancellationToken cancellationToken) => _database.ReadAsync(rows =>
    {
        var text = call.ToString();
        return Task.FromResult<IReadOnlyList<LedgerEntry>>([.. Entries(rows, rows.Effects.Where(e => e.CallId == text))]);
    });

    private static LedgerOutcome Unknown { get; } = new(LedgerState.Unknown, null, new ToolFailure.Unknown());

    /// <summary>Saves the intent. Null: the effect is to be run now.</summary>
    private Task<LedgerOutcome?> IntendAsync(EffectKey key, bool local, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            var now = _time.GetUtcNow();
            if (transaction.Effect(key) is not { } row)
            {
                transaction.Rows.Effects.Add(new()
                {
                    Key = key.ToString(),
                    CallId = key.Call.ToString(),
                    Tool = key.Tool,
                    Owner = _owner.Id,
                    Local = local,
                    IntendedAt = now,
                });
                return Task.FromResult<LedgerOutcome?>(null);
            }

            var again = row.State == LedgerState.Intended && row.Local && local;
            return Task.FromResult(again ? null : OutcomeOf(row, transaction.KeyOf(key.Call, now)));
        },
        cancellationToken);

    /// <summary>Runs a local effect inside the transaction; every way to fail ends it.</summary>
    private async Task<string> RunLocalAsync(
        LedgerTransaction transaction, Func<DbConnection, DbTransaction, CancellationToken, Task<string>> effect, CancellationToken cancellationToken)
    {
        ToolFailure failure = new ToolFailure.Broken();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var json = await NotHangingAsync(effect(transaction.Connection, transaction.Transaction, cancellationToken), cancellationToken);
            if (!transaction.IsEnded) return json;
        }
        catch (Exception error) when (!StoreErrors.IsReadOnly(error))
        {
            failure = KnownFailure(error) ?? (error is TimeoutException ? new ToolFailure.Unavailable() : failure);
        }

        // A tool that ended the ledger's transaction may have saved its changes without their outcome: nothing may run it again before a look-up.
        throw new EffectFailedException(transaction.IsEnded ? Unknown : new(LedgerState.Failed, null, failure));
    }

    private static async Task<LedgerOutcome> RunRemoteAsync(Func<CancellationToken, Task<string>> effect, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(LedgerState.Failed, null, new ToolFailure.Cancelled());
        try
        {
            return new(LedgerState.Done, await effect(cancellationToken).WaitAsync(cancellationToken), null);
        }
        catch (Exception error)
        {
            // A deadline, a cancellation, a lost connection or a bug after the request was sent: it may have arrived.
            return error is not OperationCanceledException && KnownFailure(error) is { } failure ? new(LedgerState.Failed, null, failure) : Unknown;
        }
    }

    /// <summary>Waits for a tool, and leaves it behind when it does not end soon after its token fired: it holds the write lock of every call.</summary>
    private async Task<string> NotHangingAsync(Task<string> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            if (await Task.WhenAny(run, Task.Delay(HangGrace, _time, CancellationToken.None)) == run) return await run;
            throw;
        }
    }

    /// <summary>What a tool says of itself: nothing was changed. Null for everything else.</summary>
    private static ToolFailure? KnownFailure(Exception error) => error switch
    {
        ToolRefusedException refused => new ToolFailure.Refused(refused.Reason),
        ToolUnavailableException => new ToolFailure.Unavailable(),
        OperationCanceledException => new ToolFailure.Cancelled(),
        _ => null,
    };

    /// <summary>Takes a transaction back, with what the ledger saves instead.</summary>
    private sealed class EffectFailedException(LedgerOutcome outcome) : Exception("The effect failed.")
    {
        internal LedgerOutcome Outcome { get; } = outcome;
    }

    /// <summary>Saves an end. The first certain one counts: a late look-up does not turn what is known round.</summary>
    /// <returns>What the entry says now.</returns>
    private Task<LedgerOutcome> EndAsync(EffectKey key, LedgerOutcome outcome, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            var row = transaction.Effect(key) ?? throw new InvalidOperationException($"The ledger has no entry of tool {key.Tool} for this key.");
            if (row.State is not (LedgerState.Intended or LedgerState.Unknown))
                return Task.FromResult(OutcomeOf(row, transaction.KeyOf(key.Call, _time.GetUtcNow())));
            End(transaction, row, outcome);
            return Task.FromResult(outcome);
        },
        cancellationToken);

    private void End(LedgerTransaction transaction, EffectRow row, LedgerOutcome outcome)
    {
        Invariant.That(outcome.State != LedgerState.Intended, "an outcome is an end");
        var now = _time.GetUtcNow();
        row.State = outcome.State;
        row.Result = Seal.Text(transaction.KeyOf(CallId.Parse(row.CallId), now), outcome.ResultJson, row.Key);
        row.Failure = outcome.Failure is { } failure ? JsonSerializer.Serialize(failure, JournalJson.Failure) : null;
        row.EndedAt = now;
    }

    private static IEnumerable<LedgerEntry> Entries(LedgerContext rows, IQueryable<EffectRow> effects) =>
        from found in effects.OrderBy(e => e.Sequence).Select(e => new { Row = e, rows.CallKeys.SingleOrDefault(k => k.CallId == e.CallId)!.Key }).ToList()
        let outcome = OutcomeOf(found.Row, found.Key)
        select new LedgerEntry(
            EffectKey.Parse(found.Row.Key), found.Row.State, outcome.ResultJson, found.Row.Failure is null ? null : outcome.Failure!.Code, found.Row.IntendedAt, found.Row.EndedAt)
        {
            Local = found.Row.Local,
        };

    private static LedgerOutcome OutcomeOf(EffectRow row, byte[]? callKey) => row.State switch
    {
        LedgerState.Done => new(LedgerState.Done, Seal.Text(callKey, row.Result, row.Key), null),
        LedgerState.Failed => new(LedgerState.Failed, null, row.Failure is null ? new ToolFailure.Broken() : JsonSerializer.Deserialize(row.Failure, JournalJson.Failure)),
        _ => Unknown,
    };
}
