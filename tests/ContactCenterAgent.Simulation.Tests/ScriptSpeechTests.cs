using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Simulation.Tests;

public sealed class ScriptSpeechTests
{
    private static readonly TimeSpan Began = TimeSpan.FromSeconds(5);

    [Fact]
    public void Words_AtTheirPace_ComeAsPartialsAndOneFinal()
    {
        var speech = ScriptSpeech.Of(new() { Say = "book me an eye test" }, 165);
        var events = speech.Events(Began, ["look me an eye test"]).ToList();

        var partials = events.Where(e => e.Happened is PartialHeard).Select(e => ((PartialHeard)e.Happened).Words.Text).ToList();
        partials.ShouldBe(["book", "book me", "book me an", "book me an eye", "book me an eye test"]);
        var (at, final) = events.Single(e => e.Happened is FinalHeard);
        at.ShouldBe(Began + speech.End + ScriptSpeech.FinalLag);
        ((FinalHeard)final).Words.Alternatives.ShouldBe(["look me an eye test"]);
        ((FinalHeard)final).Words.Words.ShouldAllBe(w => w.Stable);
        events.Select(e => e.At).ShouldBe(events.Select(e => e.At).Order());
        events.Count(e => e.Happened is SpeechStarted).ShouldBe(1);
        events.Single(e => e.Happened is SpeechEnded).At.ShouldBe(Began + speech.End);
    }

    [Fact]
    public void Speech_OfManyWords_HasTheWordsAMinuteThatWereAskedFor()
    {
        var speech = ScriptSpeech.Of(new() { Say = string.Join(' ', Enumerable.Repeat("I would like to come in next Tuesday afternoon", 10)) }, 165);
        (90 / speech.End.TotalMinutes).ShouldBeInRange(140, 190);
    }

    [Fact]
    public void Partial_FollowsItsWordByTheLag()
    {
        var speech = ScriptSpeech.Of(new() { Say = "hello" }, 165);
        speech.Events(Began, []).Single(e => e.Happened is PartialHeard).At.ShouldBe(Began + speech.End + ScriptSpeech.PartialLag);
    }

    [Fact]
    public void Pause_OfAnUtterance_MakesTwoFinals()
    {
        var events = ScriptSpeech.Of(new() { Say = "on Tuesday [900] no Thursday" }, 165).Events(Began, ["know Thursday"]).ToList();
        events.Select(e => e.Happened).OfType<FinalHeard>().Select(f => f.Words.Text).ShouldBe(["on Tuesday", "no Thursday"]);
        events.Select(e => e.Happened).OfType<FinalHeard>().Select(f => f.Words.Alternatives.Length).ShouldBe([0, 1]);
        events.Count(e => e.Happened is SpeechStarted).ShouldBe(2);
    }

    [Fact]
    public void Pause_WithinAnUtterance_IsSilenceAndNoFinal()
    {
        var events = ScriptSpeech.Of(new() { Say = "on [400] Tuesday" }, 165).Events(Began, []).ToList();
        events.Count(e => e.Happened is FinalHeard).ShouldBe(1);
        events.Count(e => e.Happened is SpeechStarted).ShouldBe(2);
    }

    [Fact]
    public void Word_Misheard_IsPutRightAfterTwoMoreWords()
    {
        var partials = Partials("for {fifteen|fifty} people in May");
        partials.ShouldBe(["for", "for fifteen", "for fifteen people", "for fifty people in", "for fifty people in May"]);
    }

    [Fact]
    public void Word_MisheardUntilTheFinal_IsPutRightByIt()
    {
        var events = ScriptSpeech.Of(new() { Say = "for {fifteen|fifty!}." }, 165).Events(Began, []).ToList();
        events.Select(e => e.Happened).OfType<PartialHeard>().Last().Words.Text.ShouldBe("for fifteen");
        events.Select(e => e.Happened).OfType<FinalHeard>().Single().Words.Text.ShouldBe("for fifty.");
    }

    [Fact]
    public void Word_IsStableOnceThreeMoreHaveCome()
    {
        var last = ScriptSpeech.Of(new() { Say = "one two three four five" }, 165).Events(Began, []).Select(e => e.Happened).OfType<PartialHeard>().Last();
        last.Words.Words.Select(w => w.Stable).ShouldBe([true, true, false, false, false]);
    }

    [Fact]
    public void Words_WithTimesOfTheirOwn_KeepThem()
    {
        var speech = ScriptSpeech.Of(new() { Words = [new("yes", 100, 400), new("please", 500, 900)] }, 165);
        var final = speech.Events(Began, []).Select(e => e.Happened).OfType<FinalHeard>().Single();
        final.Words.Words.Select(w => w.End - Began).ShouldBe([TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(900)]);
    }

    private static IEnumerable<string> Partials(string say) =>
        ScriptSpeech.Of(new() { Say = say }, 165).Events(Began, []).Select(e => e.Happened).OfType<PartialHeard>().Select(p => p.Words.Text);
}
