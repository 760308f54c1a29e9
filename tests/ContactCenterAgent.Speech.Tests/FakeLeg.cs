using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech.Tests;

/// <summary>A line of sound on virtual time: every 20 ms the caller's next frame is heard and ours is taken.</summary>
internal sealed class FakeLeg(TimeProvider time, int sampleRate = 8000) : IAudioLeg
{
    private readonly List<(TimeSpan At, Func<ICallEventSink, ValueTask> Do)> _script = [];
    private readonly long _began = time.GetTimestamp();
    private bool _over;

    public string Line => "test";

    public Pii<string>? CallerNumber { get; init; }

    public int SampleRate => sampleRate;

    /// <summary>What the caller says at a time; null = silence.</summary>
    public Func<TimeSpan, short[]?>? Caller { get; set; }

    /// <summary>What was taken of us, frame by frame.</summary>
    public List<short[]> Played { get; } = [];

    public int Clears { get; private set; }

    public bool Answered { get; private set; }

    public TransferToPerson? Transferred { get; private set; }

    public TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>The leg's own events at a time.</summary>
    public void At(TimeSpan at, CallEvent happened) => _script.Add((at, sink => sink.WriteAsync(happened, CancellationToken.None)));

    public void HangUpAt(TimeSpan at) => _script.Add((at, _ =>
    {
        _over = true;
        return ValueTask.CompletedTask;
    }
    ));

    public async Task RunAsync(IAudioEnd audio, ICallEventSink sink, CancellationToken cancellationToken)
    {
        await sink.WriteAsync(new LineOpened(default), cancellationToken);
        var frame = new short[sampleRate / 50];
        while (!_over)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            foreach (var step in _script.Where(s => s.At <= Now).ToList())
            {
                _script.Remove(step);
                await step.Do(sink);
            }

            audio.Hear(Caller?.Invoke(Now) ?? frame.Select(_ => (short)0).ToArray());
            var count = audio.Play(frame);
            Played.Add([.. frame.Take(count)]);
        }

        await sink.WriteAsync(new LineClosed(default, Lost: false), cancellationToken);
    }

    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        Answered = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        Clears++;
        return ValueTask.CompletedTask;
    }

    public ValueTask TransferAsync(TransferToPerson transfer, CancellationToken cancellationToken)
    {
        Transferred = transfer;
        return ValueTask.CompletedTask;
    }

    /// <summary>Somebody is asked first, and answers at once.</summary>
    public bool Asks { get; init; }

    public async ValueTask TransferAsync(TransferToPerson transfer, Func<CancellationToken, ValueTask> handingOver, CancellationToken cancellationToken)
    {
        if (Asks) await handingOver(cancellationToken);
        await TransferAsync(transfer, cancellationToken);
    }

    public ValueTask HangUpAsync(CancellationToken cancellationToken)
    {
        _over = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
