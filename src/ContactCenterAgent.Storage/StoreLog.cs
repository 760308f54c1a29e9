using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Storage;

internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Information, "Store open: database {Database}, owner {Owner}")]
    internal static partial void Opened(this ILogger logger, string database, string owner);

    [LoggerMessage(2, LogLevel.Error, "store.read_only: {Database} takes no writes: {Cause}. Calls go on read-only; free the disk.")]
    internal static partial void ReadOnly(this ILogger logger, string database, string cause);

    [LoggerMessage(3, LogLevel.Information, "store.writable: {Database} takes writes again")]
    internal static partial void WritableAgain(this ILogger logger, string database);

    [LoggerMessage(4, LogLevel.Error, "journal.stopped: {File} ends after record {Record}: {Cause}")]
    internal static partial void JournalStopped(this ILogger logger, string file, int record, string cause);

    [LoggerMessage(5, LogLevel.Warning, "journal.not_closed: {Call} is complete, but the store could not be told: {Cause}")]
    internal static partial void JournalNotClosed(this ILogger logger, string call, string cause);

    [LoggerMessage(6, LogLevel.Information, "Call {Call} erased: its key is gone")]
    internal static partial void Erased(this ILogger logger, string call);
}
