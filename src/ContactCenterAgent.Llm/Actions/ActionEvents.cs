namespace ContactCenterAgent.Llm.Actions;

/// <summary>What happens beside the model in one turn: words, and results of the tools that it started. Disposal cancels the tools and waits for them.</summary>
internal sealed class ActionEvents : IAsyncDisposable
{
    private readonly ActionMode _mode;
    private readonly CancellationTokenSource _cancel;
    private readonly Lock _gate = new();
    private readonly List<string> _waiting = [];
    private readonly List<Task> _work = [];
    private TaskCompletionSource _arrived = New();
    private bool _wordsEnded;
    private int _running;
    private int _calls;

    internal ActionEvents(IAsyncEnumerable<HeardWords> words, ActionMode mode, CancellationToken cancellationToken)
    {
        _mode = mode;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work.Add(ListenAsync(words));
    }

    /// <summary>The model has been told the caller's last word of the turn.</summary>
    internal bool IsFinal { get; private set; }

    /// <summary>Something may still happen, or has happened and was not told yet.</summary>
    internal bool CanComeMore
    {
        get { lock (_gate) return _running > 0 || !_wordsEnded || _waiting.Count > 0; }
    }

    /// <summary>Waits until there is something to tell.</summary>
    internal async Task WaitAsync()
    {
        Task arrived;
        lock (_gate)
        {
            if (_waiting.Count > 0) return;
            arrived = _arrived.Task;
        }

        await arrived;
        _cancel.Token.ThrowIfCancellationRequested();
    }

    /// <summary>What has happened since the last time, in order.</summary>
    internal List<string> Take()
    {
        lock (_gate)
        {
            List<string> told = [.. _waiting];
            _waiting.Clear();
            _arrived = New();
            IsFinal |= told.Exists(t => t.StartsWith("[final]", StringComparison.Ordinal));
            return told;
        }
    }

    /// <summary>Starts a tool; its result will be told.</summary>
    /// <returns>Its id.</returns>
    internal string Start(Func<CancellationToken, Task<string>> run)
    {
        var id = $"c{++_calls}";
        lock (_gate) _running++;
        _work.Add(RunAsync(id, run));
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        _cancel.Cancel();
        foreach (var work in _work) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _cancel.Dispose();
    }

    private async Task RunAsync(string id, Func<CancellationToken, Task<string>> run)
    {
        var result = "";
        try
        {
            result = await run(_cancel.Token);
        }
        finally
        {
            lock (_gate) _running--;
            Happened($"[result {id}] {result}");
        }
    }

    // Each partial holds all words so far: only the last one that has not been told is worth telling.
    private async Task ListenAsync(IAsyncEnumerable<HeardWords> words)
    {
        try
        {
            await foreach (var heard in words.WithCancellation(_cancel.Token))
            {
                lock (_gate) _wordsEnded |= heard.IsFinal;
                if (heard.IsFinal || _mode == ActionMode.Asynchronous) Happened((heard.IsFinal ? "[final] " : "[partial] ") + heard.Text);
            }
        }
        finally
        {
            lock (_gate) _wordsEnded = true;
            lock (_gate) _arrived.TrySetResult();
        }
    }

    private void Happened(string what)
    {
        lock (_gate)
        {
            if (!what.StartsWith("[result", StringComparison.Ordinal)) _waiting.RemoveAll(w => w.StartsWith("[partial]", StringComparison.Ordinal));
            _waiting.Add(what);
            _arrived.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
