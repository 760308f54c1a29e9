namespace ContactCenterAgent.Runtime;

/// <summary>Waiting for a task without caring how it ends.</summary>
internal static class Waiting
{
    /// <summary>Waits until the task has ended or the time is over; says which. Never throws.</summary>
    internal static async ValueTask<bool> EndsWithinAsync(this Task task, TimeSpan within, TimeProvider time)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(within, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return task.IsCompleted;
    }
}
