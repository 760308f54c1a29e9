using ContactCenterAgent.Abstractions;
using ContactCenterAgent.AudioLoop.Tests;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Benchmarks.Calls;

/// <summary>
/// From the moment at which the core closes the caller's turn to the arrival of the first packet with the agent's voice in it; and from the caller's last sound. The question needs one read, which has
/// come back before the turn closes: the draft is ready. The voice is espeak-ng; a sentence is kept from the second time on, so each host answers once and twice anew, then from memory.
/// </summary>
internal static class FirstAudioBenchmark
{
    private const string Question = "what are your opening hours";

    public static async Task<string> RunAsync(int times)
    {
        await using var recogniser = await UtteranceServer.StartAsync(() => new ScriptedListener(Question, TimeSpan.FromMilliseconds(200)), TimeSpan.FromMilliseconds(200));
        var made = (Close: new CallFigures("turn close to first audio, sentence made anew"), End: new CallFigures("caller's last sound to first audio, the same calls"));
        var kept = (Close: new CallFigures("turn close to first audio, sentence in memory"), End: new CallFigures("caller's last sound to first audio, the same calls"));
        for (var host = 0; host < (times + 1) / 2; host++)
        {
            var closings = new Closings();
            await using var agent = await RunningAgent.StartAsync(closings,
                [("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address), ("Speech:Voices:0:Kind", "Espeak"), ("Lines:Greeting", "Hello.")]);
            for (var call = 0; call < 3; call++)
            {
                var figures = call < 2 ? made : kept;
                var (close, end) = await OnceAsync(agent, closings);
                figures.Close.Add(close);
                figures.End.Add(end);
            }
        }

        return string.Join('\n', made.Close.Row(), made.End.Row(), kept.Close.Row(), kept.End.Row());
    }

    private static async Task<(TimeSpan Close, TimeSpan End)> OnceAsync(RunningAgent agent, Closings closings)
    {
        await using var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.QuietAsync(TimeSpan.MinValue, TimeSpan.FromMilliseconds(300));
        closings.Clear();
        var said = await phone.SayAsync(Burst.Of(TimeSpan.FromSeconds(1.2)));
        await phone.Heard.VoiceAsync(said.LastSent);
        var first = phone.Heard.Packets.First(p => p.IsVoiced && p.At > said.LastSent).At;
        return (first - phone.At(closings.Last), first - said.LastSent);
    }

    /// <summary>
    /// Knows when a turn was closed, as a timestamp of the system's clock: call time at which the core closed it, from the call's zero. That is the earliest that any event's arrival allows, so
    /// what the journal takes counts into the figure.
    /// </summary>
    private sealed class Closings : ICallObserver
    {
        private readonly Lock _gate = new();
        private long _zero;
        private TimeSpan? _closed;

        public long Last
        {
            get { lock (_gate) return _zero + (long)((_closed ?? throw new InvalidOperationException("No turn was closed.")).TotalSeconds * TimeProvider.System.TimestampFrequency); }
        }

        public void Clear()
        {
            lock (_gate) _closed = null;
        }

        public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
        {
            var zero = TimeProvider.System.GetTimestamp() - (long)(happened.At.TotalSeconds * TimeProvider.System.TimestampFrequency);
            lock (_gate)
            {
                _zero = happened is CallArrived ? zero : Math.Min(_zero, zero);
                if (before.Turn.ClosedAt is null && after.Turn.ClosedAt is { } closed) _closed = closed;
            }
        }
    }
}
