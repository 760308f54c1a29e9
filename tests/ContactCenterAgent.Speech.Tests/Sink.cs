using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech.Tests;

/// <summary>Takes events as a call's inbox does: stamped.</summary>
internal sealed class Sink(TimeProvider time) : ICallEventSink
{
    private readonly long _began = time.GetTimestamp();
    private readonly Lock _gate = new();

    public List<CallEvent> Events { get; } = [];

    public Action<CallEvent>? Happened { get; set; }

    public TimeSpan Now => time.GetElapsedTime(_began);

    public IEnumerable<T> Of<T>() => Events.OfType<T>();

    public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken)
    {
        var stamped = happened with { At = Now };
        lock (_gate) Events.Add(stamped);
        Happened?.Invoke(stamped);
        return ValueTask.CompletedTask;
    }
}
