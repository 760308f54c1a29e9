using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Ledger;
using ContactCenterAgent.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>Journals as files: <c>journals/2026-11-23/CALL.journal</c>. The database has each call's key and, once it is closed, the head of its hash chain.</summary>
public sealed class JournalStore : ICallJournalStore
{
    private readonly LedgerDatabase _database;
    private readonly OwnerLock _owner;
    private readonly TimeProvider _time;
    private readonly string _folder;

    internal JournalStore(LedgerDatabase database, OwnerLock owner, StoreOptions options, TimeProvider time, ILogger logger)
    {
        _database = database;
        _owner = owner;
        _time = time;
        _folder = options.JournalFolder;
        Logger = logger;
    }

    internal DiskFlusher Flusher { get; } = new();

    internal ILogger Logger { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The call has a journal already, or it has been erased.</exception>
    public ICallJournal Begin(CallId call, AgentSettings settings, DateTimeOffset startedAt)
    {
        var name = Name(call, startedAt);
        var path = Path.Combine(_folder, name);
        CallJournal? journal = null;
        try
        {
            return _database.Write(transaction =>
            {
                var key = transaction.KeyOf(call, _time.GetUtcNow()) ?? throw new InvalidOperationException($"The call {call} has been erased.");
                if (transaction.Rows.Journals.Find(call.ToString()) is not null) throw new InvalidOperationException($"The call {call} has a journal already.");
                transaction.Rows.Journals.Add(new() { CallId = call.ToString(), File = name, Owner = _owner.Id, StartedAt = startedAt });
                return journal = Create(call, path, key, JournalHeader.Of(call, settings, startedAt));
            });
        }
        catch when (journal is not null)
        {
            // Without its key in the database the file could never be read.
            journal.Abandon();
            throw;
        }
    }

    /// <summary>The path of a call's journal; null = there is none.</summary>
    public Task<string?> FindAsync(CallId call) => _database.ReadAsync(async rows =>
        await rows.Journals.FindAsync(call.ToString()) is { } row ? Path.Combine(_folder, row.File) : null);

    /// <summary>Calls whose process died: begun, never closed, without a detail record. Whoever recovers writes the record.</summary>
    public Task<IReadOnlyList<DeadCall>> DeadCallsAsync(CancellationToken cancellationToken) => _database.ReadAsync<IReadOnlyList<DeadCall>>(async rows =>
    {
        var open = await rows.Journals.Where(j => j.ClosedAt == null && !rows.CallRecords.Any(r => r.CallId == j.CallId))
            .OrderBy(j => j.StartedAt).ToListAsync(cancellationToken);
        return [.. open.Where(j => !_owner.IsAlive(j.Owner)).Select(j => new DeadCall(CallId.Parse(j.CallId), j.StartedAt, Path.Combine(_folder, j.File)))];
    });

    internal static string Name(CallId call, DateTimeOffset startedAt) => Path.Combine(startedAt.UtcDateTime.ToString("yyyy-MM-dd"), $"{call}.journal");

    internal Task ClosedAsync(CallId call, int records, byte[] head) => _database.WriteAsync(
        transaction =>
        {
            var row = transaction.Rows.Journals.Find(call.ToString())!;
            (row.ClosedAt, row.Records, row.Head) = (_time.GetUtcNow(), records, head);
            return Task.FromResult(true);
        },
        CancellationToken.None);

    private CallJournal Create(CallId call, string path, byte[] key, JournalHeader header)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(this, call, path, key, header);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreReadOnlyException($"The journal '{path}' cannot be written: {error.Message}", error);
        }
    }
}

/// <summary>A call that ended with its process.</summary>
/// <param name="Call">The call.</param>
/// <param name="StartedAt">When its journal began, UTC.</param>
/// <param name="Journal">Path of the journal: readable up to the last record before the death.</param>
public sealed record DeadCall(CallId Call, DateTimeOffset StartedAt, string Journal);
