using System.Collections.Concurrent;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>Runs work from beginning to end on one thread of its own, as virtual time does, while the clock is whatever the work is given.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _ready = [];

    private OneThread()
    {
    }

    /// <summary>Starts the work.</summary>
    /// <returns>Ends with the work, on another thread.</returns>
    public static Task<T> Run<T>(Func<Task<T>> work)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Drive(work, ended)) { IsBackground = true }.Start();
        return ended.Task;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _ready.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // The work has ended: a timer that it left behind has nobody to tell.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing outside may wait for this thread.");

    public override SynchronizationContext CreateCopy() => this;

    private static void Drive<T>(Func<Task<T>> work, TaskCompletionSource<T> ended)
    {
        var thread = new OneThread();
        SetSynchronizationContext(thread);
        var main = work();
        _ = main.ContinueWith(_ => thread._ready.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (var (ready, state) in thread._ready.GetConsumingEnumerable()) ready(state);
        if (main.IsCompletedSuccessfully) ended.SetResult(main.Result);
        else ended.SetException(main.Exception!.InnerExceptions);
    }
}
