namespace ContactCenterAgent.Runtime;

/// <summary>
/// Waiting with a limit, on the waiter's own synchronization context all the way. <see cref="Task.WaitAsync(CancellationToken)"/> and <c>WhenAny</c> hang themselves on a task without a
/// context; on one whose continuations run asynchronously that means the thread pool, which virtual time cannot see.
/// </summary>
public static class Waiting
{
    /// <summary>The same task, ending on the present context.</summary>
    public static async Task Here(this Task task) => await task;

    /// <summary>Waits until the task has ended or the time is over; says which. Never throws.</summary>
    public static async ValueTask<bool> EndsWithinAsync(this Task task, TimeSpan within, TimeProvider time)
    {
        if (!task.IsCompleted)
            await task.Here().WaitAsync(within, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return task.IsCompleted;
    }

    /// <summary>Cancels what may end at the same moment by itself, and then disposes of its source.</summary>
    internal static void CancelUnlessOver(this CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended: there is nothing left to cancel.
        }
    }
}
