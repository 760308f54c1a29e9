using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>Sound of the caller while the agent speaks, on a call to the running host: what stops the sentence and what does not.</summary>
public sealed class InterruptionTests
{
    private const string Greeting = "Northgate Opticians. This is the quick brown fox who jumps over the lazy dog, and then walks all the way home again. How can I help you?";

    [EspeakFact]
    public async Task Cough_WithoutWords_LetsTheSentenceGoOn() => await GoesOnAsync("");

    [EspeakFact]
    public async Task Backchannel_IsNoInterruption() => await GoesOnAsync("mm-hm");

    [EspeakFact]
    public async Task Words_StopTheSentence_AndHistoryHoldsWhatWasHeard()
    {
        var (agent, _) = await InterruptAsync("what are your opening hours", TimeSpan.FromSeconds(1.5));
        await using var running = agent;

        var greeting = Ends(agent)[0];
        greeting.Characters.ShouldBeLessThan(Greeting.Length);
        greeting.Characters.ShouldBeGreaterThan(0);
        agent.Said().Count.ShouldBe(2);
    }

    private static async Task GoesOnAsync(string words)
    {
        var (agent, heard) = await InterruptAsync(words, TimeSpan.FromSeconds(0.3));
        await using var running = agent;

        Ends(agent).Single().Characters.ShouldBe(Greeting.Length);
        agent.Said().ShouldBe([Greeting]);
        (await Loop.LikeAsync(heard, "How can I help you?")).ShouldBeGreaterThan(0.8, "the end of the sentence was heard");
    }

    private static List<PlaybackEnded> Ends(RunningAgent agent) => [.. agent.Journal().Steps.Select(step => step.Happened).OfType<PlaybackEnded>()];

    /// <summary>Makes sound two seconds into the greeting; gives the agent, stopped, and what was heard from then on until it paused.</summary>
    private static async Task<(RunningAgent Agent, short[] Heard)> InterruptAsync(string words, TimeSpan length)
    {
        await using var recogniser = await UtteranceServer.StartAsync(() => new ScriptedListener(words, TimeSpan.FromMilliseconds(100)), TimeSpan.FromMilliseconds(300));
        var agent = await RunningAgent.StartAsync(("Speech:Recognisers:0:Kind", "Vosk"), ("Speech:Recognisers:0:Endpoint", recogniser.Address), ("Lines:Greeting", Greeting));
        try
        {
            var heard = await CallAsync(agent, length);
            await agent.StopAsync();
            return (agent, heard);
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    private static async Task<short[]> CallAsync(RunningAgent agent, TimeSpan length)
    {
        await using var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.VoiceAsync(TimeSpan.MinValue);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var said = await phone.SayAsync(Burst.Of(length));
        await phone.Heard.QuietAsync(said.LastSent, TimeSpan.FromMilliseconds(1_500));
        return phone.Heard.From(said.FirstSent);
    }
}
