using System.Collections.Concurrent;
using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>A running agent, a recogniser behind it, and a phone that has called it and heard the greeting.</summary>
internal sealed class Loop : IAsyncDisposable
{
    /// <summary>A pause that is longer than any inside an answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(900);

    private readonly ConcurrentQueue<string> _understood;
    private readonly UtteranceServer _recogniser;
    private Phone? _phone;

    private Loop(ConcurrentQueue<string> understood, UtteranceServer recogniser, RunningAgent agent, Phone phone) =>
        (_understood, _recogniser, Agent, _phone) = (understood, recogniser, agent, phone);

    public RunningAgent Agent { get; }

    /// <summary>What the recogniser has made of the caller's sound.</summary>
    public IReadOnlyList<string> Understood => [.. _understood];

    public static async Task<Loop> StartAsync(string grammar)
    {
        var understood = new ConcurrentQueue<string>();
        var recogniser = await UtteranceServer.StartAsync(() => new Noting(new Pocketsphinx(grammar), understood), TimeSpan.FromMilliseconds(400));
        var agent = await RunningAgent.StartAsync(("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address), ("Speech:Voices:0:Kind", "Espeak"));
        var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.QuietAsync(TimeSpan.MinValue, Pause);
        return new(understood, recogniser, agent, phone);
    }

    /// <summary>How much of a text's sound, in the agent's voice, is in what was heard: 1 = it is there, 0 = nothing of it. A text is spoken a sentence at a time, so the worst sentence counts.</summary>
    public static async Task<double> LikeAsync(short[] heard, string text)
    {
        var worst = 1.0;
        foreach (var sentence in text.Split(". ").Select(part => part.EndsWith('.') || part.EndsWith('?') ? part : part + "."))
        {
            var known = await Espeak.AgentAsync(sentence);
            worst = Math.Min(worst, SoundMatch.Find(heard, known));
        }

        return worst;
    }

    /// <summary>Says something, and gives what the agent says then until it pauses.</summary>
    public async Task<short[]> SayAsync(string text)
    {
        var said = await _phone!.SayAsync(await Flite.SpeakAsync(text));
        await _phone.Heard.QuietAsync(said.LastSent, Pause);
        return _phone.Heard.From(said.LastSent);
    }

    /// <summary>Hangs up and stops the agent: its journal can be read then.</summary>
    public async Task EndAsync()
    {
        if (_phone is not null) await _phone.DisposeAsync();
        _phone = null;
        await Agent.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Agent.DisposeAsync();
        await _recogniser.DisposeAsync();
    }
}
