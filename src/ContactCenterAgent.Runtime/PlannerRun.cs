using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Runtime;

/// <summary>One generation's stream, with a limit on each wait. Disposal cancels it and waits, within the grace time, for it to stop.</summary>
internal sealed class PlannerRun(
    IPlanner planner, PlanRequest request, CancellationTokenSource cancel, TimeProvider time, RuntimeOptions options) : IAsyncDisposable
{
    private readonly long _began = time.GetTimestamp();
    private IAsyncEnumerator<CallEvent>? _events;
    private Task<bool>? _moving;
    private bool _first = true;

    /// <returns>The next event; null = the stream is over.</returns>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    internal async ValueTask<CallEvent?> NextAsync()
    {
        _events ??= planner.PlanAsync(request, cancel.Token).GetAsyncEnumerator(cancel.Token);
        var next = _events.MoveNextAsync();
        bool more;
        if (next.IsCompleted)
        {
            more = await next;
        }
        else
        {
            _moving = next.AsTask();
            more = await _moving.WaitAsync(_first ? options.PlannerFirst : options.PlannerNext, time, cancel.Token);
        }

        if (_first) CallMetrics.PlannerSeconds.Record(time.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("role", request.Role));
        _first = false;
        return more ? _events.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        cancel.Cancel();
        if (_moving is { IsCompleted: false } moving) await moving.EndsWithinAsync(options.CancelGrace, time);
        // A stream that ignores its cancellation cannot be disposed of while it moves; it is left to end by itself.
        if (_events is not null && _moving is not { IsCompleted: false }) await _events.DisposeAsync();
        cancel.Dispose();
    }
}
