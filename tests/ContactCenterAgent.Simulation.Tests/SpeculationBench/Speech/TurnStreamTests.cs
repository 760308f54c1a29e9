using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Speech;

public sealed class TurnStreamTests
{
    private static readonly WrongValues Cities = WrongValues.Of([Spoken.Dialogue("to [Berkeley|city] then"), Spoken.Dialogue("to [San Jose|city]")]);

    [Fact]
    public void Stream_WithoutDifficulty_IsAsRecorded()
    {
        var recorded = Spoken.Turn("Yes, it's 4:30 - at Joe's (the $20 one).");
        var stream = Spoken.Stream(recorded.Text, new());
        stream.Words.Select(w => w.Text).ShouldBe(["Yes", "it's", "4:30", "at", "Joe's", "the", "$20", "one"]);
        stream.Words.Select(w => w.Source).ShouldBe([0, 1, 2, 4, 5, 6, 7, 8]);
        foreach (var word in stream.Words) (word.From, word.To, word.Misheard).ShouldBe((recorded.Words[word.Source].From, recorded.Words[word.Source].To, null));
        stream.Taken.ShouldBeEmpty();
        stream.Speech.ShouldBe(recorded.Speech);
    }

    [Fact]
    public void Stream_OfAHesitantCaller_HasFillersBeforeContentAndSmallWordsTwice()
    {
        var stream = Spoken.Stream("find the cheap hotel", new() { Disfluency = 1 });
        stream.Text().ShouldBe("so I find the the um cheap you know hotel");
        stream.Words.Select(w => w.Source).ShouldBe([-1, -1, 0, -1, 1, -1, 2, -1, -1, 3]);
        stream.Words.Where(w => w.Source >= 0).Select(w => (w.To - w.From).TotalMilliseconds).ShouldBe([400, 300, 500, 500]);
        stream.Words.Where(w => w.Source < 0).ShouldAllBe(w => w.To - w.From >= TimeSpan.FromMilliseconds(120) && w.To - w.From <= TimeSpan.FromMilliseconds(600));
        stream.WithPauses().ShouldNotContain("[");
    }

    [Fact]
    public void Stream_OfAShortSentence_HasNoFalseStart() => Spoken.Stream("yes please", new() { Disfluency = 1 }).Text().ShouldBe("uh yes you know please");

    [Fact]
    public void Stream_WithAWrongValue_TakesItBackBeforeTheTrueOne()
    {
        var stream = Spoken.Stream("to [Berkeley|city]", new() { Disfluency = 1 }, Cities);
        stream.Text().ShouldBe("to to San Jose no wait Berkeley");
        stream.Taken.ShouldBe([new(Spoken.Service, "city", "san jose", 2, 3)]);
        stream.Words.Select(w => w.Source).ShouldBe([-1, 0, -1, -1, -1, -1, 1]);
    }

    [Fact]
    public void Stream_WithTwoSpans_TakesOneValueBackAtMost()
    {
        var stream = Spoken.Stream("[Berkeley|city] or [Oakland|city]", new() { Disfluency = 1 }, Cities);
        stream.Taken.Length.ShouldBe(1);
        stream.Words.Count(w => w.Text == "San").ShouldBe(1);
    }

    [Fact]
    public void Stream_WithoutAnotherValue_TakesNothingBack() =>
        Spoken.Stream("to [Berkeley|city]", new() { Disfluency = 1 }, WrongValues.Of([Spoken.Dialogue("in [Berkeley|city]")])).Taken.ShouldBeEmpty();

    [Fact]
    public void Stream_WithAWrongValueAndPauses_PausesBeforeTakingItBack()
    {
        var stream = Spoken.Stream("to [Berkeley|city]", new() { Disfluency = 1, Pauses = 1 }, Cities);
        var cue = stream.Words[stream.Taken[0].Last + 1];
        (cue.From - stream.Words[stream.Taken[0].Last].To).TotalMilliseconds.ShouldBeInRange(300, 900);
    }

    [Theory]
    [InlineData("five five two", "five | five | two")]
    [InlineData("call 408 971 now", "call 408 | 971 now")]
    [InlineData("from [San Jose|city]", "from | San Jose")]
    [InlineData("cheap and good", "cheap and | good")]
    [InlineData("yes. but later", "yes | but later")]
    [InlineData("Yes, book it", "Yes | book it")]
    [InlineData("on the [4th|date] at noon", "on the 4th | at noon")]
    [InlineData("on the [4th|date]", "on the 4th")]
    [InlineData("well, a table", "well a table")]
    public void Stream_WithPauses_HasThemWhereCallersStop(string marked, string expected)
    {
        var stream = Spoken.Stream(marked, new() { Pauses = 1 });
        var text = stream.Words[0].Text;
        foreach (var (before, word) in stream.Words.Zip(stream.Words.Skip(1)))
        {
            var pause = (word.From - before.To).TotalMilliseconds;
            if (pause > 0) pause.ShouldBeInRange(300, 900);
            text += (pause > 0 ? " | " : " ") + word.Text;
        }

        text.ShouldBe(expected);
    }

    [Fact]
    public void Stream_WithEveryDifficulty_IsTheSameOnEveryMachine()
    {
        var options = new SpeechOptions { Disfluency = 0.5, Pauses = 0.5, Unstable = 0.5, Jitter = 0.2, Pace = 1.1, Seed = 7 };
        const string Said = "Yes. I want to fly from [San Jose|city] to [Berkeley|city] on the [4th|date] at 4:30, and fifteen people.";
        var stream = Spoken.Stream(Said, options, Cities);
        string.Join(' ', stream.Words.Select(w => w.Misheard is null ? w.Text : $"{{{w.Misheard}|{w.Text}}}")).ShouldBe(
            "um Yes so {|I} {|I} uh want {2|to} to {|fly} from San Jose to to um {Bradley|Berkeley} {|on} {may|the} {may|the} 4th at at um 4:30 and {n|and} um {fifty|fifteen} {|people}");
        stream.Speech.TotalMilliseconds.ShouldBe(11689.1283, 0.001);
        Same(Spoken.Stream(Said, options, Cities), stream).ShouldBeTrue();
        Same(Spoken.Stream(Said, options with { Seed = 8 }, Cities), stream).ShouldBeFalse();
    }

    [Fact]
    public void Stream_WithPauses_KeepsTheWordsOfOneWithout()
    {
        const string Said = "Yes. I want to fly from [San Jose|city] to [Berkeley|city] on the [4th|date].";
        var options = new SpeechOptions { Disfluency = 0.5, Unstable = 0.5 };
        var (without, with) = (Spoken.Stream(Said, options, Cities), Spoken.Stream(Said, options with { Pauses = 1 }, Cities));
        with.Words.Select(w => (w.Text, w.Misheard, w.To - w.From)).ShouldBe(without.Words.Select(w => (w.Text, w.Misheard, w.To - w.From)));
        with.Speech.ShouldBeGreaterThan(without.Speech);
    }

    [Fact]
    public void Stream_OfASlowCaller_TakesLonger() =>
        Spoken.Stream("a table for two", new() { Pace = 1.5 }).Words.Select(w => w.To.TotalMilliseconds).ShouldBe([150, 900, 1350, 1800]);

    [Fact]
    public void Stream_WithJitter_ScalesEachWordByItself()
    {
        var lengths = Spoken.Stream("table table table table", new() { Jitter = 0.2 }).Words.Select(w => (w.To - w.From).TotalMilliseconds).ToList();
        lengths.ShouldAllBe(ms => ms >= 400 && ms <= 600);
        lengths.Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Streams_OfRecordedDialogues_SayEveryWordOnceInOrder(double chance)
    {
        string[] turns =
        [
            "Hi, I could use a little help. Find me a bus from [Fresno|city] to [San Jose|city], please.", "[Berkeley|city].", "Yes, that works; but for [2|people] - not 3.",
            "OK. And what about [next Thursday|date] at [half past 3 in the afternoon|time]?",
        ];
        var dialogue = Spoken.Dialogue(turns);
        foreach (var turn in dialogue.Turns)
        {
            var stream = TurnStream.Of(dialogue, turn, new() { Disfluency = chance, Pauses = chance, Unstable = chance, Jitter = 0.5 }, Cities);
            stream.Words.Where(w => w.Source >= 0).Select(w => w.Source).ShouldBe(Enumerable.Range(0, turn.Words.Length).Where(i => turn.Words[i].Text != "-"));
            var at = TimeSpan.Zero;
            foreach (var word in stream.Words)
            {
                word.From.ShouldBeGreaterThanOrEqualTo(at);
                word.To.ShouldBeGreaterThan(word.From);
                at = word.To;
            }

            stream.Taken.Length.ShouldBeLessThanOrEqualTo(1);
        }
    }

    private static bool Same(StreamedTurn one, StreamedTurn other) => one.Words.SequenceEqual(other.Words) && one.Taken.SequenceEqual(other.Taken);
}
