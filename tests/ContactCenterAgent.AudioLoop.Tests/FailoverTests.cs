using ContactCenterAgent.AudioLoop.Tests.Phones;
using ContactCenterAgent.AudioLoop.Tests.Sounds;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.AudioLoop.Tests;

/// <summary>Recognisers and voices that stop in the middle of a call to the running host: what the caller hears of it.</summary>
public sealed class FailoverTests
{
    private const string Question = "what are your opening hours";
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    [EspeakFact]
    public async Task Recogniser_ThatLeavesInMidSentence_IsReplaced_AndTheSentenceIsAnsweredOnce()
    {
        await using var first = await UtteranceServer.StartAsync(() => new ScriptedListener("what are", Word) { BreaksAfter = TimeSpan.FromSeconds(0.8) }, Quiet);
        await using var second = await UtteranceServer.StartAsync(() => new ScriptedListener(Question, Word), Quiet);
        await using var agent = await RunningAgent.StartAsync([.. Vosk(0, first), .. Vosk(1, second)]);
        var heard = await AskAsync(agent);
        await agent.StopAsync();

        agent.Journal().Steps.Select(step => step.Happened).OfType<FinalHeard>().Select(final => final.Words.Text).ShouldBe([Question]);
        var said = agent.Said();
        said.Count.ShouldBe(2);
        (await Loop.LikeAsync(heard, said[1])).ShouldBeGreaterThan(0.8);
    }

    [EspeakFact]
    public async Task Recogniser_WithNoneBehindIt_LeavesTheKeypadMenu()
    {
        await using var only = await UtteranceServer.StartAsync(() => new ScriptedListener("what are", Word) { BreaksAfter = TimeSpan.FromSeconds(0.8) }, Quiet);
        await using var agent = await RunningAgent.StartAsync(Vosk(0, only));
        var heard = await AskAsync(agent);

        (await Loop.LikeAsync(heard, "I'm sorry, I can't hear you well enough.")).ShouldBeGreaterThan(0.8);
        (await Loop.LikeAsync(heard, "For a colleague, press 0.")).ShouldBeGreaterThan(0.8);
        (await Loop.LikeAsync(heard, "Thank you for calling. Goodbye.")).ShouldBeLessThan(0.6);
    }

    [EspeakFact]
    public async Task Voice_ThatStopsInMidSentence_IsReplaced_AndGoesOnAtTheWord()
    {
        // A second is fifteen characters: the point is inside "Opticians".
        await using var broken = await ToneServer.StartAsync(TimeSpan.FromSeconds(1), goesOn: true);
        await using var agent = await RunningAgent.StartAsync(
            ("Speech:Voices:0:Kind", "Piper"), ("Speech:Voices:0:Endpoint", broken.Address), ("Speech:Voices:0:SampleRate", "16000"),
            ("Lines:Greeting", "Northgate Opticians, how can I help you?"));
        await using var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.QuietAsync(TimeSpan.MinValue, TimeSpan.FromMilliseconds(1_500));
        var heard = phone.Heard.From(TimeSpan.MinValue);

        (await Loop.LikeAsync(heard, "Opticians, how can I help you?")).ShouldBeGreaterThan(0.8);
        (await Loop.LikeAsync(heard, "Northgate Opticians, how can I help you?")).ShouldBeLessThan(0.8, "what was said is not said again");
    }

    private static (string Key, string Value)[] Vosk(int place, UtteranceServer server) =>
        [($"Speech:Recognisers:{place}:Kind", "Vosk"), ($"Speech:Recognisers:{place}:Endpoint", server.Address)];

    private static async Task<short[]> AskAsync(RunningAgent agent)
    {
        await using var phone = await Phone.CallAsync(agent.Line);
        await phone.Heard.QuietAsync(TimeSpan.MinValue, TimeSpan.FromMilliseconds(900));
        var said = await phone.SayAsync(Burst.Of(TimeSpan.FromSeconds(1.5)));
        await phone.Heard.QuietAsync(said.LastSent, TimeSpan.FromMilliseconds(900));
        return phone.Heard.From(said.FirstSent);
    }
}
