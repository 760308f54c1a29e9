using ContactCenterAgent.AudioLoop.Tests;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;

namespace ContactCenterAgent.Benchmarks.Calls;

/// <summary>
/// From the caller's first sound to the agent's silence, by a phone's packets: from the sending of the first packet with voice in it to the end of the last packet of the agent's voice that comes before a
/// pause. The agent's voice is a tone without a gap, so that every pause is ours.
/// </summary>
internal static class BargeInBenchmark
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    public static async Task<string> RunAsync(int times)
    {
        await using var recogniser = await UtteranceServer.StartAsync(() => new ScriptedListener("what are your opening hours", TimeSpan.FromMilliseconds(200)), TimeSpan.FromMilliseconds(300));
        await using var voice = await ToneServer.StartAsync(TimeSpan.FromSeconds(20), goesOn: false);
        await using var agent = await RunningAgent.StartAsync(
            ("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address),
            ("Speech:Voices:0:Kind", "Piper"), ("Speech:Voices:0:Endpoint", voice.Address), ("Speech:Voices:0:SampleRate", $"{ToneServer.SampleRate}"));
        var random = new Random(7);
        var figures = new CallFigures("barge-in to silence");
        for (var i = 0; i < times; i++) figures.Add(await OnceAsync(agent, TimeSpan.FromMilliseconds(random.Next(1_500, 2_500))));
        return figures.Row();
    }

    private static async Task<TimeSpan> OnceAsync(RunningAgent agent, TimeSpan into)
    {
        await using var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.VoiceAsync(TimeSpan.MinValue);
        await Task.Delay(into, TimeProvider.System);
        var said = await phone.SayAsync(Burst.Of(TimeSpan.FromSeconds(1)));
        var voiced = phone.Heard.Packets.Where(p => p.IsVoiced).Select(p => p.At).ToList();
        var (last, silent) = (voiced.First(at => at >= said.FirstSent), false);
        foreach (var at in voiced.Where(at => at > said.FirstSent))
        {
            silent = at - last > Pause;
            if (silent) break;
            last = at;
        }

        // The agent must have been silent for the rest of what the caller said.
        if (!silent && said.LastSent - last < Pause) throw new InvalidOperationException("The agent went on speaking.");
        return last + Packet - said.FirstSent;
    }
}
