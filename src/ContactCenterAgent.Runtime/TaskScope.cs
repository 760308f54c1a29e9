namespace ContactCenterAgent.Runtime;

/// <summary>
/// The only way to start work that is not awaited on the spot. Disposal cancels every child and waits for it, so nothing outlives what it was started for.
/// </summary>
/// <remarks>Thread-safe. A child runs on the caller's thread as far as its first await. A child that throws is reported and costs its siblings nothing.</remarks>
public sealed class TaskScope : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _children = [];
    private readonly CancellationTokenSource _cancel;
    private readonly Action<Exception> _onFault;
    private bool _closed;

    /// <summary>Opens a scope that also ends when <paramref name="parent"/> fires.</summary>
    /// <param name="onFault">Told of every exception of a child, but for its own cancellation. Must not throw.</param>
    /// <param name="parent">The outer scope's token.</param>
    public TaskScope(Action<Exception> onFault, CancellationToken parent)
    {
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(parent);
        _onFault = onFault;
        Token = _cancel.Token;
    }

    /// <summary>Fires when the scope ends.</summary>
    public CancellationToken Token { get; }

    /// <summary>Children that have not ended.</summary>
    public int Running
    {
        get { lock (_gate) return _children.Count; }
    }

    /// <summary>Starts a child.</summary>
    /// <param name="work">Gets the scope's token.</param>
    /// <returns>Whether it was started: a scope that is ending takes no more work.</returns>
    public bool Start(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_closed) return false;
        }

        var child = RunAsync(work);
        lock (_gate)
        {
            if (!child.IsCompleted) _children.Add(child);
        }

        if (child.IsCompleted) Forget(child);
        else _ = child.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return true;
    }

    /// <summary>Cancels every child and waits for all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
        }

        _cancel.Cancel();
        while (true)
        {
            Task[] left;
            lock (_gate) left = [.. _children];
            if (left.Length == 0) break;
            await Task.WhenAll(left);
            foreach (var child in left) Forget(child);
        }

        _cancel.Dispose();
    }

    private void Forget(Task child)
    {
        lock (_gate) _children.Remove(child);
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Token);
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            // The scope ended: that is how a child is meant to stop.
        }
#pragma warning disable CA1031 // A child's bug is reported once and must not take its siblings with it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _onFault(fault);
        }
    }
}
