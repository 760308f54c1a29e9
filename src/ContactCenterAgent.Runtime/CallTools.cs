using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Runtime;

/// <summary>The tool calls of one call: starts them off the loop, cancels them, and reports exactly one outcome of each.</summary>
internal sealed class CallTools(ToolRunner runner, ReleaseOutbox outbox, CallInbox inbox, CallJournal journal, TaskScope scope, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ToolCallId, CancellationTokenSource> _cancellable = [];
    private int _running;

    /// <summary>Calls whose outcome has not come.</summary>
    internal int Running => Volatile.Read(ref _running);

    internal void Start(StartTool start)
    {
        Interlocked.Increment(ref _running);
        if (!scope.Start(ct => RunAsync(start, ct))) Report(start.Call, new ToolOutcome.Failed(new ToolFailure.Cancelled()));
    }

    internal void Cancel(ToolCallId call) => scope.Start(async _ =>
    {
        // Off the loop: what a cancellation wakes runs where it was cancelled.
        await Task.Yield();
        CancellationTokenSource? cancel;
        lock (_gate) _cancellable.TryGetValue(call, out cancel);
        cancel?.CancelUnlessOver();
    });

    internal void Release(ReleaseHold release)
    {
        var left = release.ExpiresAfter - inbox.Now;
        outbox.Release(release.Hold, release.Tool, time.GetUtcNow() + left, expired => inbox.Post(new HoldReleased(default, release.Hold, expired)));
    }

    private async Task RunAsync(StartTool start, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (runner.CanCancel(start))
        {
            lock (_gate) _cancellable[start.Call] = cancel;
        }

        try
        {
            // Off the loop before the tool gets a chance to block: an in-process database answers on the thread that asks.
            await Task.Yield();
            Report(start.Call, await runner.RunAsync(start, journal, cancel.Token));
        }
        finally
        {
            lock (_gate) _cancellable.Remove(start.Call);
        }
    }

    private void Report(ToolCallId call, ToolOutcome outcome)
    {
        Interlocked.Decrement(ref _running);
        if (outcome is ToolOutcome.Failed { Failure: ToolFailure.ReadOnly }) inbox.Post(new StorageChanged(default, Writable: false));
        inbox.Post(new ToolReturned(default, call, outcome));
    }
}
