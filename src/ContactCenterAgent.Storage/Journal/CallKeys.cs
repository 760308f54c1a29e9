using ContactCenterAgent.Core.Calls;
using Microsoft.Data.Sqlite;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>Looks up calls' keys without opening the store: for replays beside a running process. Changes nothing.</summary>
public sealed class CallKeys
{
    private readonly string _connectionString;

    private CallKeys(string databasePath) =>
        _connectionString = new SqliteConnectionStringBuilder { DataSource = databasePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <summary>The keys of a store.</summary>
    /// <exception cref="StoreException">There is no database in the folder.</exception>
    public static CallKeys In(StoreOptions options) => File.Exists(options.DatabasePath)
        ? new(options.DatabasePath)
        : throw new StoreException($"There is no database '{options.DatabasePath}' (Storage:Folder).");

    /// <summary>The key of a call: 32 bytes; null where the call is unknown or has been erased.</summary>
    internal byte[]? Find(CallId call)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM call_keys WHERE call_id = $call";
        command.Parameters.AddWithValue("$call", call.ToString());
        return command.ExecuteScalar() as byte[];
    }
}
