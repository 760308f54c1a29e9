using ContactCenterAgent.Abstractions;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>Tells a store that takes no writes from every other error.</summary>
internal static class StoreErrors
{
    /// <summary>The disk is full, broken or read-only; wherever in the chain SQLite said so, a plugin's own save included.</summary>
    internal static bool IsReadOnly(Exception error) =>
        error is StoreReadOnlyException || CodeOf(error) is SQLITE_FULL or SQLITE_IOERR or SQLITE_READONLY or SQLITE_CANTOPEN;

    /// <summary>Another process kept the write lock for longer than the busy timeout.</summary>
    internal static bool IsBusy(Exception error) => CodeOf(error) is SQLITE_BUSY;

    /// <summary>The file is no database, or a damaged one.</summary>
    internal static bool IsDamaged(Exception error) => CodeOf(error) is SQLITE_NOTADB or SQLITE_CORRUPT;

    /// <summary>One line for the operator.</summary>
    internal static StoreReadOnlyException ReadOnly(string path, Exception error) => error as StoreReadOnlyException ?? new(
        CodeOf(error) switch
        {
            SQLITE_FULL => $"The database '{path}' cannot grow: its disk or its limit (Storage:DatabaseMaxBytes) is full. Nothing was changed.",
            SQLITE_READONLY => $"The database '{path}' is read-only. Nothing was changed.",
            SQLITE_BUSY => $"The database '{path}' was kept locked by another process for longer than Storage:BusyTimeout. Nothing was changed.",
            _ => $"The database '{path}' cannot be written. Nothing was changed.",
        },
        error);

    private static int CodeOf(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
            if (e is SqliteException sqlite) return sqlite.SqliteErrorCode;
        return SQLITE_OK;
    }
}
