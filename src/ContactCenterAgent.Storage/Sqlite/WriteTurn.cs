using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Storage.Sqlite;

/// <summary>Whose turn it is to write: within the process in order of asking, between processes by a lock on a file, asked for every few milliseconds.</summary>
/// <remarks>
/// SQLite's write lock alone would be correct and unfair: its waiters back off to 100 ms, so a busy process starves the others past any timeout.
/// The kernel frees the lock of a process that dies.
/// </remarks>
internal sealed class WriteTurn(string path, TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _own = new(1, 1);

    /// <summary>Waits for the turn; disposing what is returned ends it.</summary>
    /// <exception cref="StoreReadOnlyException">Another process kept it for longer than the busy timeout.</exception>
    internal async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _own.WaitAsync(cancellationToken);
        try
        {
            for (var since = time.GetTimestamp(); ;)
            {
                if (TryLock(since) is { } file) return new Turn(_own, file);
                await Task.Delay(Pause(), time, cancellationToken);
            }
        }
        catch
        {
            _own.Release();
            throw;
        }
    }

    /// <summary>The same for a port that cannot await.</summary>
    internal IDisposable Take()
    {
        _own.Wait();
        try
        {
            using var never = new ManualResetEventSlim();
            for (var since = time.GetTimestamp(); ;)
            {
                if (TryLock(since) is { } file) return new Turn(_own, file);
                never.Wait(Pause());
            }
        }
        catch
        {
            _own.Release();
            throw;
        }
    }

    public void Dispose() => _own.Dispose();

    // Waiters must not march in step with each other, or with the writer.
    private static TimeSpan Pause() => TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5));

    private FileStream? TryLock(long since)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (IsHeld(error) && time.GetElapsedTime(since) <= limit)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreReadOnlyException($"'{path}' cannot be locked for writing within Storage:BusyTimeout: {error.Message} Nothing was changed.", error);
        }
    }

    /// <summary>Another process has the lock: EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private sealed class Turn(SemaphoreSlim own, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            own.Release();
        }
    }
}
