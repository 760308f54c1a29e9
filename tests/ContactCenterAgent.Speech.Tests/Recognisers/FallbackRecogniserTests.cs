using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Speech.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

public sealed class FallbackRecogniserTests
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Runs audio in real time (of a kind): speech from 0.5 to 1.7 s and from 2.5 s on.</summary>
    private List<(TimeSpan At, CallEvent Heard)> Hear(double seconds, params ISpeechToText[] recognisers)
    {
        var events = new List<(TimeSpan, CallEvent)>();
        _time.Run(async () =>
        {
            await foreach (var heard in Of(recognisers).RecogniseAsync(AudioAsync(seconds), default)) events.Add((_time.Elapsed, heard));
        }, TimeSpan.FromMinutes(1));
        return events;
    }

    private FallbackRecogniser Of(params ISpeechToText[] recognisers) => new(recognisers, new(), _time, NullLogger.Instance);

    private void Call(FallbackRecogniser recogniser) => _time.Run(async () =>
    {
        await foreach (var heard in recogniser.RecogniseAsync(AudioAsync(0.4), default)) heard.ShouldBeNull();
    }, TimeSpan.FromMinutes(1));

    private async IAsyncEnumerable<ReadOnlyMemory<short>> AudioAsync(double seconds)
    {
        for (var frame = 0; frame < seconds * 50; frame++)
        {
            await Task.Delay(Seconds(0.02), _time);
            var at = frame * 0.02;
            yield return at is (>= 0.5 and < 1.7) or >= 2.5 ? Loud(frame) : new short[160];
        }
    }

    private static short[] Loud(int frame) => [.. Enumerable.Range(frame * 160, 160).Select(i => (short)(9000 * Math.Sin(2 * Math.PI * 220 * i / 8000)))];

    private static string[] Texts(IEnumerable<(TimeSpan At, CallEvent Heard)> events) =>
        [.. events.Select(e => e.Heard is FinalHeard final ? $"final {final.Words.Text}" : $"partial {((PartialHeard)e.Heard).Words.Text}")];

    [Fact]
    public void Recognise_ARecogniserThatWorks_IsLeftAlone()
    {
        var second = new ScriptedRecogniser();
        var first = new ScriptedRecogniser((Seconds(1), ScriptedRecogniser.Partial("hello", 0.5)), (Seconds(2), ScriptedRecogniser.Final("hello there", 0.5)));
        Texts(Hear(2.4, first, second)).ShouldBe(["partial hello", "final hello there"]);
        second.Samples.ShouldBe(0);
    }

    [Fact]
    public void Recognise_ARecogniserThatBreaks_IsReplacedAtOnce_AndTheNextHearsTheUtteranceFromItsBeginning()
    {
        var first = new ScriptedRecogniser((Seconds(1), ScriptedRecogniser.Partial("hello", 0.5))) { BreaksAt = Seconds(1.2) };

        // It hears from the very beginning, for nothing was settled; its words come as it catches up.
        var second = new ScriptedRecogniser((Seconds(1.1), ScriptedRecogniser.Partial("hello there", 0.5)), (Seconds(1.8), ScriptedRecogniser.Final("hello there", 0.5)));
        var events = Hear(2.4, first, second);
        Texts(events).ShouldBe(["partial hello", "partial hello there", "final hello there"]);
        events[1].At.ShouldBeLessThan(Seconds(1.3));
        ((FinalHeard)events[2].Heard).Words.Words[0].Start.ShouldBe(Seconds(0.5));
    }

    [Fact]
    public void Recognise_ARecogniserThatFallsSilentInMidSpeech_IsReplacedWithin1200MillisecondsOfSpeech()
    {
        var first = new ScriptedRecogniser { BreaksAt = Seconds(0.1), Hangs = true };
        var second = new ScriptedRecogniser((Seconds(1), ScriptedRecogniser.Partial("hello", 0.5)), (Seconds(1.9), ScriptedRecogniser.Final("hello", 0.5)));
        var events = Hear(2.4, first, second);
        Texts(events).ShouldBe(["partial hello", "final hello"]);
        events[0].At.ShouldBeLessThan(Seconds(0.5 + 1.2));
    }

    [Fact]
    public void Recognise_AfterAFinal_TheNextDoesNotHearItAgain()
    {
        var first = new ScriptedRecogniser((Seconds(1.2), ScriptedRecogniser.Partial("one two", 0.5)), (Seconds(1.9), ScriptedRecogniser.Final("one two three four", 0.5)))
        {
            BreaksAt = Seconds(3),
        };
        var second = new ScriptedRecogniser((Seconds(0.9), ScriptedRecogniser.Partial("five", 0.8)));
        var events = Hear(4, first, second);
        Texts(events).ShouldBe(["partial one two", "final one two three four", "partial five"]);

        // The final's last word ended at 1.7 s: that is where the second one's audio begins.
        ((PartialHeard)events[2].Heard).Words.Words[0].Start.ShouldBe(Seconds(1.7) + Seconds(0.8));
        ((double)second.Samples / 8000).ShouldBe(4 - 1.7, 0.03);
    }

    [Fact]
    public void Recognise_NoiseThatNobodyUnderstands_LeavesTheLastRecogniser()
    {
        var second = new ScriptedRecogniser((Seconds(5), ScriptedRecogniser.Partial("at last", 4)));
        Texts(Hear(5.5, new ScriptedRecogniser(), second)).ShouldBe(["partial at last"]);
    }

    [Fact]
    public void Recognise_NoneLeft_Throws() =>
        Should.Throw<RecogniserException>(() => Hear(3, new ScriptedRecogniser { BreaksAt = Seconds(1) }, new ScriptedRecogniser { BreaksAt = Seconds(1.5) }));

    [Fact]
    public void Recognise_AfterAFailure_TheNextCallDoesNotAskTheBrokenOneForAWhile()
    {
        var first = new ScriptedRecogniser { BreaksAt = Seconds(0.1) };
        var recogniser = Of(first, new ScriptedRecogniser());
        Call(recogniser);
        var heard = first.Samples;
        Call(recogniser);
        first.Samples.ShouldBe(heard);

        _time.Run(() => Task.Delay(Seconds(31), _time), TimeSpan.FromMinutes(1));
        Call(recogniser);
        first.Samples.ShouldBeGreaterThan(heard);
    }

    [Fact]
    public void Recognise_TheLastOne_IsAskedHoweverOftenItHasFailed()
    {
        var only = new ScriptedRecogniser { BreaksAt = Seconds(0.1) };
        var recogniser = Of(only);
        Should.Throw<RecogniserException>(() => Call(recogniser));
        var heard = only.Samples;
        Should.Throw<RecogniserException>(() => Call(recogniser));
        only.Samples.ShouldBeGreaterThan(heard);
    }

    [Fact]
    public void Recognise_ARecogniserOfAnotherRate_GetsItsOwn()
    {
        var second = new ScriptedRecogniser { SampleRate = 16_000 };
        Hear(2, new ScriptedRecogniser { BreaksAt = Seconds(1) }, second);
        ((double)second.Samples).ShouldBe(32_000, 700);
    }
}

/// <summary>Several recognisers are a recogniser.</summary>
public sealed class FallbackRecogniserConformanceTests : RecogniserConformance
{
    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => new VoskRecogniserTests().ServerAsync(behaviour);

    internal override ISpeechToText Recogniser(FakeServer server) => new FallbackRecogniser(
        [new VoskRecogniser(new() { Address = new("ws://127.0.0.1:9"), ConnectMax = TimeSpan.FromSeconds(10) }, TimeProvider.System), new VoskRecogniserTests().Recogniser(server)],
        new(), TimeProvider.System, NullLogger.Instance);
}
