using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Benchmarks.Streams;

/// <summary>An agent that always speaks and always listens.</summary>
internal sealed class Speaker : IAudioEnd, ICallEventSink
{
    private long _heard;

    public long Heard => Volatile.Read(ref _heard);

    public TimeSpan Now => TimeSpan.Zero;

    public void Hear(ReadOnlySpan<short> samples) => Volatile.Write(ref _heard, _heard + samples.Length);

    public int Play(Span<short> frame)
    {
        for (var i = 0; i < frame.Length; i++) frame[i] = (short)(100 * i);
        return frame.Length;
    }

    public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
