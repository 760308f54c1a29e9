using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>Waits for the disk on threads of its own, so that no call's loop does. Several flushes at once share one commit of the file system.</summary>
internal sealed class DiskFlusher : IAsyncDisposable
{
    private const int Threads = 4;

    // A journal has at most one flush in the queue, so calls bound it; a caller beyond the capacity waits.
    private readonly Channel<(SafeFileHandle File, TaskCompletionSource Done)> _queue =
        Channel.CreateBounded<(SafeFileHandle, TaskCompletionSource)>(1024);
    private readonly TaskCompletionSource[] _ended = new TaskCompletionSource[Threads];

    internal DiskFlusher()
    {
        for (var i = 0; i < Threads; i++)
        {
            var ended = _ended[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() => Run(ended)) { IsBackground = true, Name = "journal flush" }.Start();
        }
    }

    /// <summary>Returns when all that was written to <paramref name="file"/> before is on the disk.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    internal async Task FlushAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((file, done), cancellationToken);
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_ended.Select(e => e.Task));
    }

    private void Run(TaskCompletionSource ended)
    {
        foreach (var (file, done) in _queue.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            try
            {
                RandomAccess.FlushToDisk(file);
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }

        ended.SetResult();
    }
}
