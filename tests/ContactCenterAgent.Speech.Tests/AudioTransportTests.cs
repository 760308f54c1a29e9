using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Speech.Keypad;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Speech.Tests;

public sealed class AudioTransportTests
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeLeg _leg;
    private readonly Sink _sink;

    public AudioTransportTests() => (_leg, _sink) = (new(_time), new(_time));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Say Prompt(int id, string text, PromptKind kind = PromptKind.Answer) => new(new(id), Pii.Of(text), kind, null);

    private static short[] Loud(TimeSpan at) => [.. Enumerable.Range(0, 160).Select(i => (short)(9000 * Math.Sin(2 * Math.PI * 220 * ((at.TotalSeconds * 8000) + i) / 8000)))];

    /// <summary>Runs a call to its end; what is done meanwhile is done on the same thread.</summary>
    private void Run(ISpeechToText? recogniser, ITextToSpeech voice, Func<AudioTransport, Task> meanwhile, KeypadOptions? keypad = null) =>
        _time.Run(async () =>
        {
            await using var transport = new AudioTransport(_leg, recogniser, voice, new(), keypad ?? new(), _time, NullLogger.Instance);
            var running = transport.RunAsync(_sink, CancellationToken.None);
            await meanwhile(transport);
            await running;
        }, TimeSpan.FromMinutes(5));

    private static ScriptedRecogniser Silent => new();

    [Fact]
    public void Say_APrompt_IsPlayedAndReported()
    {
        _leg.HangUpAt(Seconds(4));
        Run(Silent, new FakeVoice(), async t => await t.SayAsync(Prompt(1, "one two three four"), default));

        _sink.Of<PlaybackStarted>().Single().At.ShouldBe(Seconds(0.02));
        _sink.Of<PlaybackEnded>().Single().ShouldBe(new PlaybackEnded(Seconds(1.8), new(1), 18));
        _sink.Of<PlaybackProgressed>().Select(p => p.Characters).ShouldBe([2, 4, 6, 8, 10, 12, 14, 16]);
        _leg.Played.SelectMany(f => f).ShouldBe(Enumerable.Range(1, 18).SelectMany(c => Enumerable.Repeat((short)(c * 100), 800)));
        _sink.Events[^1].ShouldBeOfType<LineClosed>();
    }

    [Fact]
    public void Say_TwoPrompts_PlayInOrderWithoutAGap()
    {
        _leg.HangUpAt(Seconds(3));
        Run(Silent, new FakeVoice(), async t =>
        {
            await t.SayAsync(Prompt(1, "first of two"), default);
            await t.SayAsync(Prompt(2, "second"), default);
        });
        _sink.Events.Where(e => e is PlaybackStarted or PlaybackEnded).Select(e => $"{e.GetType().Name} {e.At.TotalSeconds:0.00}")
            .ShouldBe(["PlaybackStarted 0.02", "PlaybackEnded 1.20", "PlaybackStarted 1.22", "PlaybackEnded 1.80"]);
    }

    [Fact]
    public void StopPlayback_InMidSentence_StopsWithinAFrame_AndTellsWhatWasHeard()
    {
        _leg.HangUpAt(Seconds(3));
        var voice = new FakeVoice();
        Run(Silent, voice, async t =>
        {
            await t.SayAsync(Prompt(1, "a sentence that is much longer than the caller wants to hear"), default);
            await t.SayAsync(Prompt(2, "and another"), default);
            await Task.Delay(Seconds(1.01), _time);
            await t.StopPlaybackAsync(default);
        });

        _sink.Of<PlaybackEnded>().ShouldBe([new(Seconds(1.01), new(1), 10), new(Seconds(1.01), new(2), 0)]);
        _leg.Played.Skip(50).ShouldAllBe(f => f.Length == 0);
        _leg.Played.Take(50).ShouldAllBe(f => f.Length == 160);
        _leg.Clears.ShouldBe(1);
        voice.Cancelled.ShouldBe(1);
    }

    [Fact]
    public void Say_AfterAStop_PlaysAgain()
    {
        _leg.HangUpAt(Seconds(3));
        Run(Silent, new FakeVoice(), async t =>
        {
            await t.SayAsync(Prompt(1, "a sentence that is not wanted"), default);
            await Task.Delay(Seconds(0.5), _time);
            await t.StopPlaybackAsync(default);
            await t.SayAsync(Prompt(2, "short"), default);
        });
        _sink.Of<PlaybackEnded>().Select(e => (e.Prompt.Value, e.Characters)).ShouldBe([(1, 4), (2, 5)]);
    }

    [Fact]
    public void HangUp_WithPromptsWaiting_ComesAfterThem()
    {
        Run(Silent, new FakeVoice(), async t =>
        {
            await t.SayAsync(Prompt(1, "thank you for calling, goodbye", PromptKind.Goodbye), default);
            await t.HangUpAsync(default);
        });
        _sink.Of<PlaybackEnded>().Single().Characters.ShouldBe(30);
        _sink.Events[^1].ShouldBeOfType<LineClosed>().At.ShouldBeInRange(Seconds(3), Seconds(3.1));
    }

    [Fact]
    public void Transfer_WithPromptsWaiting_ComesAfterThem()
    {
        _leg.HangUpAt(Seconds(4));
        Run(Silent, new FakeVoice(), async t =>
        {
            await t.SayAsync(Prompt(1, "one moment please"), default);
            await t.TransferAsync(new("asked", Pii.Of("")), default);
            _leg.Now.ShouldBeGreaterThanOrEqualTo(Seconds(1.7));
        });
        _leg.Transferred.ShouldNotBeNull();
    }

    [Fact]
    public void Transfer_ToSomebodyWhoHasAnswered_TellsTheCallerBeforeItIsSent()
    {
        var leg = new FakeLeg(_time) { Asks = true };
        leg.HangUpAt(Seconds(8));
        var voice = new FakeVoice();
        _time.Run(async () =>
        {
            await using var t = new AudioTransport(leg, new ScriptedRecogniser(), voice, new(), new(), _time, NullLogger.Instance);
            var running = t.RunAsync(_sink, CancellationToken.None);
            await t.TransferAsync(new("asked", Pii.Of("")), default);
            leg.Now.ShouldBeGreaterThanOrEqualTo(Seconds(AudioTransport.HandingOver.Length / 10.0), "it was said to its end");
            leg.Transferred.ShouldNotBeNull();
            await running;
        }, TimeSpan.FromMinutes(1));

        _sink.Of<PlaybackStarted>().ShouldBeEmpty("the core knows nothing of it");
    }

    [Fact]
    public void Words_OfTheRecogniser_ComeInCallTime()
    {
        _leg.HangUpAt(Seconds(3));
        var recogniser = new ScriptedRecogniser((Seconds(1), ScriptedRecogniser.Partial("hello", 0.5)), (Seconds(1.5), ScriptedRecogniser.Final("hello there", 0.5)));
        Run(recogniser, new FakeVoice(), _ => Task.CompletedTask);

        // The first frame came 20 ms into the call.
        _sink.Of<PartialHeard>().Single().Words.Words[0].Start.ShouldBe(Seconds(0.52));
        _sink.Of<FinalHeard>().Single().Words.Words[1].Start.ShouldBe(Seconds(0.52) + Seconds(0.3));
        _sink.Of<FinalHeard>().Single().At.ShouldBe(Seconds(1.5));
    }

    [Fact]
    public void Recogniser_OfAnotherRate_GetsItsOwn()
    {
        _leg.HangUpAt(Seconds(2));
        var recogniser = new ScriptedRecogniser { SampleRate = 16_000 };
        Run(recogniser, new FakeVoice(), _ => Task.CompletedTask);
        ((double)recogniser.Samples).ShouldBe(32_000, 700);
    }

    [Fact]
    public void Speech_OfTheCaller_StartsAndEnds()
    {
        _leg.HangUpAt(Seconds(4));
        _leg.Caller = at => at >= Seconds(1) && at < Seconds(2) ? Loud(at) : null;
        Run(Silent, new FakeVoice(), _ => Task.CompletedTask);
        _sink.Of<SpeechStarted>().Single().At.ShouldBeInRange(Seconds(1), Seconds(1.1));
        _sink.Of<SpeechEnded>().Single().At.ShouldBeInRange(Seconds(2), Seconds(2.15));
    }

    [Fact]
    public void Cough_WhileWeSpeak_HoldsTheSentenceAndLetsItGoOn()
    {
        _leg.HangUpAt(Seconds(9));
        _leg.Caller = at => at >= Seconds(1) && at < Seconds(1.3) ? Loud(at) : null;
        Run(Silent, new FakeVoice(), async t => await t.SayAsync(Prompt(1, "a sentence that goes on for quite a while yet"), default));

        // Silent within 100 ms of the caller's sound, and every sample of the sentence is played in the end.
        _leg.Played[(int)(1.1 / 0.02)].ShouldBeEmpty();
        _leg.Played.SelectMany(f => f).Count().ShouldBe(45 * 800);
        _sink.Of<PlaybackEnded>().Single().Characters.ShouldBe(45);
        _sink.Of<PlaybackEnded>().Single().At.ShouldBeInRange(Seconds(5), Seconds(5.5));
    }

    [Fact]
    public void Noise_ThatNobodyUnderstands_HoldsTheSentenceForLessThanTwoSeconds()
    {
        _leg.HangUpAt(Seconds(12));
        _leg.Caller = at => at >= Seconds(1) && at < Seconds(6) ? Loud(at) : null;
        Run(Silent, new FakeVoice(), async t => await t.SayAsync(Prompt(1, "a sentence that goes on for quite a while yet"), default));
        var gap = _leg.Played.Skip(50).SkipWhile(f => f.Length > 0).TakeWhile(f => f.Length == 0).Count();
        gap.ShouldBeInRange(60, 80);
        _sink.Of<PlaybackEnded>().Single().Characters.ShouldBe(45);
    }

    [Fact]
    public void Voice_ThatBreaks_EndsThePromptWhereItWas()
    {
        _leg.HangUpAt(Seconds(3));
        Run(Silent, new FakeVoice { StopsAfter = 8, Throws = true }, async t =>
        {
            await t.SayAsync(Prompt(1, "one two three four"), default);
            await t.SayAsync(Prompt(2, "short"), default);
        });
        _sink.Of<PlaybackEnded>().Select(e => (e.Prompt.Value, e.Characters)).ShouldBe([(1, 8), (2, 5)]);
    }

    [Fact]
    public void Voice_ThatIsLost_AsksForAPersonInTheCallersPlace_Once()
    {
        _leg.HangUpAt(Seconds(3));
        Run(Silent, new FakeVoice { StopsAfter = 0, Throws = true }, async t =>
        {
            for (var prompt = 1; prompt <= 4; prompt++) await t.SayAsync(Prompt(prompt, "one two three four"), default);
        });
        _sink.Of<FinalHeard>().Single().Words.Text.ShouldBe("can I speak to a person please");
    }

    [Fact]
    public void Recogniser_ThatBreaks_LeavesTheKeypadMenu()
    {
        _leg.HangUpAt(Seconds(30));
        _leg.At(Seconds(20), new DigitPressed(default, Pii.Of('1')));
        var voice = new FakeVoice();
        Run(new ScriptedRecogniser { BreaksAt = Seconds(1) }, voice, _ => Task.CompletedTask);
        voice.Texts[0].ShouldStartWith("I'm sorry, I can't hear you well enough.");
        _sink.Of<FinalHeard>().Single().Words.Text.ShouldBe("what are your opening hours");
        _sink.Of<PlaybackStarted>().ShouldBeEmpty();
    }

    [Fact]
    public void Digits_WithARecogniser_PassAsTheyAre()
    {
        _leg.At(Seconds(1), new DigitPressed(default, Pii.Of('1')));
        _leg.HangUpAt(Seconds(2));
        Run(Silent, new FakeVoice(), _ => Task.CompletedTask);
        _sink.Of<DigitPressed>().Single().Digit.Value.ShouldBe('1');
        _sink.Of<FinalHeard>().ShouldBeEmpty();
    }

    [Fact]
    public void Tap_WhileItIsSet_HearsBothSides()
    {
        _leg.HangUpAt(Seconds(2));
        _leg.Caller = Loud;
        var tap = new CountingTap();
        Run(Silent, new FakeVoice(), async t =>
        {
            await Task.Delay(Seconds(0.505), _time);
            t.Tap = tap;
            await Task.Delay(Seconds(1), _time);
            t.Tap = null;
        });
        tap.Frames.ShouldBe(50);
        tap.LoudFrames.ShouldBe(50);
    }

    private sealed class CountingTap : IAudioTap
    {
        public int Frames { get; private set; }

        public int LoudFrames { get; private set; }

        public void Take(ReadOnlySpan<short> caller, ReadOnlySpan<short> agent)
        {
            agent.Length.ShouldBe(caller.Length);
            Frames++;
            if (caller.ContainsAnyExcept((short)0)) LoudFrames++;
        }
    }
}
