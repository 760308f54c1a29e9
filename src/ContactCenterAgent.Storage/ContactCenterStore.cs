using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Journal;
using ContactCenterAgent.Storage.Ledger;
using ContactCenterAgent.Storage.Records;
using ContactCenterAgent.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Storage;

/// <summary>The open store of one process: ledger, journals and call detail records in one folder. Several processes may have the same folder open.</summary>
/// <remarks>Thread-safe. Disposed after the last call has ended; what is then open in the ledger is another process's to recover.</remarks>
public sealed class ContactCenterStore : IAsyncDisposable
{
    private readonly LedgerDatabase _database;
    private readonly OwnerLock _owner;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private ContactCenterStore(StoreOptions options, LedgerDatabase database, OwnerLock owner, TimeProvider time, ILogger logger)
    {
        (_database, _owner, _time, _logger) = (database, owner, time, logger);
        Ledger = new(database, owner, time);
        Journals = new(database, owner, options, time, logger);
        Records = new(database, time);
    }

    /// <summary>Holds and effects.</summary>
    public SqliteToolLedger Ledger { get; }

    /// <summary>Journals of calls.</summary>
    public JournalStore Journals { get; }

    /// <summary>Call detail records.</summary>
    public CallRecordStore Records { get; }

    /// <summary>Whether the last write went through. False after a <see cref="StoreReadOnlyException"/>; the next write that succeeds sets it again.</summary>
    public bool Writable => _database.Writable;

    /// <summary>Opens the store; makes its folder and its database, or brings them up to date.</summary>
    /// <exception cref="StoreException">A setting is not allowed, the folder cannot be written, or the database is damaged.</exception>
    /// <exception cref="StoreTooNewException">A newer version wrote the database. Nothing was changed.</exception>
    /// <exception cref="StoreReadOnlyException">The disk is full or read-only.</exception>
    public static ContactCenterStore Open(StoreOptions options, TimeProvider time, ILogger<ContactCenterStore> logger)
    {
        options.Validate();
        try
        {
            Directory.CreateDirectory(options.Folder);
            var database = LedgerDatabase.Open(options, time, logger);
            try
            {
                var owner = OwnerLock.Take(options.OwnerFolder, options.BusyTimeout, time);
                logger.Opened(database.Path, owner.Id);
                return new(options, database, owner, time, logger);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder '{Path.GetFullPath(options.Folder)}' (Storage:Folder) cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Tries a write, and so finds out whether a full disk has room again.</summary>
    /// <returns><see cref="Writable"/> after it.</returns>
    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _database.WriteAsync(
                transaction =>
                {
                    // A page's worth: a full disk may still take a few bytes into a page that it has.
                    var probe = new JournalRow { CallId = "probe", File = new string('0', 4096), Owner = _owner.Id, StartedAt = _time.GetUtcNow() };
                    transaction.Rows.Journals.Add(probe);
                    transaction.Rows.SaveChanges();
                    transaction.Rows.Journals.Remove(probe);
                    return Task.FromResult(true);
                },
                cancellationToken);
        }
        catch (StoreReadOnlyException)
        {
            return false;
        }
    }

    /// <summary>
    /// Erases a call's personal values by erasing its key: what was sealed with it in journal, ledger and record cannot be read any more, and the
    /// hash chain still holds. Does nothing the second time.
    /// </summary>
    /// <exception cref="StoreReadOnlyException">Nothing was changed.</exception>
    /// <exception cref="StoreException">The key is gone from the database, but an older copy is left in its log while another process reads; try again.</exception>
    public async Task EraseAsync(CallId call, CancellationToken cancellationToken)
    {
        await _database.WriteAsync(
            transaction =>
            {
                var now = _time.GetUtcNow();
                transaction.KeyOf(call, now);
                var row = transaction.Rows.CallKeys.Find(call.ToString())!;
                row.Key = null;
                row.ErasedAt ??= now;
                return Task.FromResult(true);
            },
            cancellationToken);
        if (!_database.Checkpoint()) throw new StoreException($"The database '{_database.Path}' is being read: the erased key of call {call} is still in its log. Try again.");
        _logger.Erased(call.ToString());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journals.Flusher.DisposeAsync();
        _database.Dispose();
        _owner.Dispose();
    }
}
