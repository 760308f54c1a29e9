using System.Collections.Concurrent;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Conformance;

/// <summary>The agent's side of a leg: keeps what it hears and what happens, says what it is told to.</summary>
public sealed class AgentEnd : IAudioEnd, ICallEventSink, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<short[]> _heard = Channel.CreateUnbounded<short[]>();
    private readonly Channel<CallEvent> _events = Channel.CreateUnbounded<CallEvent>();
    private readonly ConcurrentQueue<short[]> _sayings = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile short[]? _endless;
    private volatile TaskCompletionSource? _taken;

    public AgentEnd(IAudioLeg leg)
    {
        Leg = leg;
        Running = leg.RunAsync(this, this, _stop.Token);
    }

    public IAudioLeg Leg { get; }

    public Task Running { get; }

    public TimeSpan Now => TimeSpan.Zero;

    public int FrameSamples => Leg.SampleRate / 50;

    public void Hear(ReadOnlySpan<short> samples) => _heard.Writer.TryWrite(samples.ToArray());

    public int Play(Span<short> frame)
    {
        if (!_sayings.TryDequeue(out var saying)) saying = _endless;
        if (saying is null)
        {
            _taken?.TrySetResult();
            return 0;
        }

        saying.CopyTo(frame);
        return saying.Length;
    }

    public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken) => _events.Writer.WriteAsync(happened, cancellationToken);

    /// <summary>Says something once.</summary>
    public void Say(short[] samples)
    {
        foreach (var frame in samples.Chunk(FrameSamples)) _sayings.Enqueue(frame);
    }

    /// <summary>Says one frame again and again; null = stops.</summary>
    public void SayEndlessly(short[]? frame) => _endless = frame;

    /// <summary>Waits until the line has taken all there was to say.</summary>
    public async Task SaidAsync()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _taken = taken;
        await Within(taken.Task);
    }

    /// <summary>The next thing that happened.</summary>
    public async Task<CallEvent> NextAsync() => await Within(_events.Reader.ReadAsync().AsTask());

    /// <summary>All keys pressed until the end, and the end.</summary>
    public async Task<(string Keys, LineClosed End)> EndAsync()
    {
        var keys = "";
        while (true)
        {
            switch (await NextAsync())
            {
                case DigitPressed digit:
                    keys += digit.Digit.Value;
                    break;
                case LineClosed closed:
                    await Within(Running);
                    return (keys, closed);
            }
        }
    }

    /// <summary>Hears until as many samples have come; silence before them does not count.</summary>
    public async Task<short[]> HearAsync(int samples)
    {
        var all = new List<short>();
        while (all.Count < samples)
        {
            var heard = await Within(_heard.Reader.ReadAsync().AsTask());
            all.AddRange(all.Count == 0 ? heard.SkipWhile(s => s == 0) : heard);
        }

        return [.. all];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Leg.DisposeAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    internal static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(Patience, TimeProvider.System);

    internal static async Task Within(Task task) => await task.WaitAsync(Patience, TimeProvider.System);
}
