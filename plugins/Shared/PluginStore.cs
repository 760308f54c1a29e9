using System.Data.Common;
using ContactCenterAgent.Abstractions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>Opens a plugin's context: on its own connection, or inside the ledger's transaction where there is one. Thread-safe.</summary>
internal sealed class PluginStore<TContext>(string connectionString, Func<DbContextOptions<TContext>, TContext> make)
    where TContext : DbContext
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Full = 13;

    private const int LockWaitSeconds = 5;

    /// <summary>Reads on a connection of its own: a read sees only what has been committed.</summary>
    public Task<T> ReadAsync<T>(Func<TContext, Task<T>> read, CancellationToken cancellationToken) => NamingFailuresAsync(async () =>
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var context = On(connection);
        return await read(context);
    });

    /// <summary>Changes inside the ledger's transaction where the arguments bring one, which its owner commits; else in one of its own.</summary>
    public async Task<T> WriteAsync<T>(ToolArguments arguments, Func<TContext, Task<T>> change, CancellationToken cancellationToken)
    {
        if (arguments.Connection is not { } shared) return await NamingFailuresAsync(() => AloneAsync(change, cancellationToken));
        await using var context = On(shared);
        await context.Database.UseTransactionAsync(arguments.Transaction, cancellationToken);
        return await change(context);
    }

    // Takes the write lock at once (BEGIN IMMEDIATE): what is read before a change cannot be changed by another in between.
    private async Task<T> AloneAsync<T>(Func<TContext, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await using var context = On(connection);
        await context.Database.UseTransactionAsync(transaction, cancellationToken);
        var result = await change(context);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>A context on somebody's connection.</summary>
    public TContext On(DbConnection connection) =>
        make(new DbContextOptionsBuilder<TContext>().UseSqlite(connection).Options);

    /// <summary>
    /// An open connection that waits for the write lock in short steps, but no longer than a tool may take: five seconds, or the connection
    /// string's shorter <c>Default Timeout</c>. SQLite waits on the calling thread, where a token cannot reach it.
    /// </summary>
    public static async Task<SqliteConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        connection.DefaultTimeout = Math.Min(connection.DefaultTimeout, LockWaitSeconds);
        await connection.OpenAsync(cancellationToken);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = $"PRAGMA busy_timeout = {connection.DefaultTimeout * 1000}";
        await pragma.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task<T> NamingFailuresAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Code(e) is Busy or Locked)
        {
            throw new ToolUnavailableException("The database is busy.", e);
        }
        catch (Exception e) when (Code(e) is ReadOnly or Full)
        {
            throw new StoreReadOnlyException("The database takes no writes.", e);
        }
    }

    private static int? Code(Exception thrown) => (thrown as SqliteException ?? thrown.InnerException as SqliteException)?.SqliteErrorCode;
}
