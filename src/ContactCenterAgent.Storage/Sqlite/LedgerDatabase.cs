using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Storage.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>Opens the database and gives out transactions, one writer at a time.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly string _connectionString;
    private readonly string _pragmas;
    private readonly ILogger _logger;
    private readonly WriteTurn _turn;
    private volatile bool _writable = true;

    private LedgerDatabase(StoreOptions options, TimeProvider time, ILogger logger)
    {
        Path = options.DatabasePath;
        _turn = new(options.WriterPath, options.BusyTimeout, time);
        _logger = logger;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ToString();
        // FULL: a commit is on the disk when it returns. Erased keys are overwritten. The page size is SQLite's default, 4096 bytes.
        _pragmas = $"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}; PRAGMA synchronous = FULL; "
            + $"PRAGMA secure_delete = ON; PRAGMA max_page_count = {Math.Min(options.DatabaseMaxBytes / 4096, 4294967294)};";
    }

    internal string Path { get; }

    /// <summary>Whether the last write went through.</summary>
    internal bool Writable => _writable;

    /// <summary>Opens or makes the database and brings it to the present schema.</summary>
    internal static LedgerDatabase Open(StoreOptions options, TimeProvider time, ILogger logger)
    {
        var database = new LedgerDatabase(options, time, logger);
        try
        {
            using var connection = new SqliteConnection(database._connectionString);
            connection.Open();
            using var context = Context(connection);
            SchemaUpgrade.RefuseNewer(context, connection, database.Path);
            using var turn = database._turn.Take();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, database._pragmas);
            SchemaUpgrade.Apply(context, connection);
            return database;
        }
        catch (Exception error)
        {
            database.Dispose();
            if (StoreErrors.IsDamaged(error)) throw new StoreException($"'{database.Path}' is not a database of this program, or it is damaged.", error);
            if (StoreErrors.IsReadOnly(error) || StoreErrors.IsBusy(error)) throw StoreErrors.ReadOnly(database.Path, error);
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in a transaction that holds the write lock from its first statement, and commits.</summary>
    /// <exception cref="StoreReadOnlyException">The store takes no writes; the transaction was rolled back.</exception>
    internal async Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await _turn.TakeAsync(cancellationToken);
        try
        {
            using var transaction = Begin();
            var result = await work(transaction);
            transaction.Commit();
            SetWritable(true, null);
            return result;
        }
        catch (Exception error) when (StoreErrors.IsReadOnly(error) || StoreErrors.IsBusy(error))
        {
            // A lock that another process keeps too long passes by itself: the store stays writable.
            if (!StoreErrors.IsBusy(error)) SetWritable(false, error);
            throw StoreErrors.ReadOnly(Path, error);
        }
    }

    /// <summary>The same for a port that cannot wait.</summary>
    internal T Write<T>(Func<LedgerTransaction, T> work)
    {
        using var turn = _turn.Take();
        try
        {
            using var transaction = Begin();
            var result = work(transaction);
            transaction.Commit();
            SetWritable(true, null);
            return result;
        }
        catch (Exception error) when (StoreErrors.IsReadOnly(error) || StoreErrors.IsBusy(error))
        {
            // A lock that another process keeps too long passes by itself: the store stays writable.
            if (!StoreErrors.IsBusy(error)) SetWritable(false, error);
            throw StoreErrors.ReadOnly(Path, error);
        }
    }

    /// <summary>Reads beside the writers: a snapshot of the last commit.</summary>
    internal async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> work)
    {
        using var connection = Connect();
        await using var context = Context(connection);
        return await work(context);
    }

    /// <summary>Empties the write-ahead log into the database, so that nothing overwritten stays behind in it.</summary>
    /// <returns>False where another process was reading and it could not be emptied.</returns>
    internal bool Checkpoint()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return (long)command.ExecuteScalar()! == 0;
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _turn.Dispose();
    }

    private void SetWritable(bool writable, Exception? error)
    {
        if (_writable == writable) return;
        _writable = writable;
        if (writable) _logger.WritableAgain(Path);
        else _logger.ReadOnly(Path, error!.Message);
    }

    private LedgerTransaction Begin()
    {
        var connection = Connect();
        try
        {
            return new LedgerTransaction(connection, connection.BeginTransaction(deferred: false));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Execute(connection, _pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static LedgerContext Context(SqliteConnection connection) => new(
        new DbContextOptionsBuilder<LedgerContext>().UseSqlite(connection, o => o.MigrationsHistoryTable(LedgerContext.HistoryTable)).Options);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
