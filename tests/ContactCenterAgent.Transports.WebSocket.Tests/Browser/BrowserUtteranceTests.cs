using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Transports.WebSocket.Browser;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

public sealed class BrowserUtteranceTests
{
    private readonly BrowserUtterance _utterance = new();

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private CallEvent? Take(int at, bool final, params string[] readings) => _utterance.Take(new(final, [.. readings]), Milliseconds(at));

    private Transcript Partial(int at, string text) => Take(at, final: false, text).ShouldBeOfType<PartialHeard>().Words;

    private Transcript Final(int at, params string[] readings) => Take(at, final: true, readings).ShouldBeOfType<FinalHeard>().Words;

    [Fact]
    public void Partial_GrowsWithWordsThatAreNotStable()
    {
        Partial(1_000, "hello").Text.ShouldBe("hello");
        var words = Partial(1_600, "hello there").Words;

        words.ShouldAllBe(w => !w.Stable);
        (words[0].Start, words[^1].End).ShouldBe((Milliseconds(700), Milliseconds(1_300)));
    }

    [Fact]
    public void Partial_ThatIsRepeated_IsNoNews()
    {
        Partial(1_000, "hello");
        Take(1_020, final: false, "hello").ShouldBeNull();
    }

    [Fact]
    public void Partial_ThatStands_IsToldOnceMore_AndThenNoMore()
    {
        var partial = Partial(1_000, "hello");

        _utterance.Again(Milliseconds(1_380)).ShouldBeNull();
        _utterance.Again(Milliseconds(1_400)).ShouldBeOfType<PartialHeard>().Words.ShouldBe(partial);
        _utterance.Again(Milliseconds(5_000)).ShouldBeNull();
    }

    [Fact]
    public void Final_HasItsRivals_AndNothingStandsBehindIt()
    {
        Partial(1_000, "half past too");
        var final = Final(1_500, "half past two", "half past too");

        (final.Text, final.Alternatives.ShouldHaveSingleItem()).ShouldBe(("half past two", "half past too"));
        final.Words.ShouldAllBe(w => w.Stable && w.End > w.Start);
        _utterance.Again(Milliseconds(5_000)).ShouldBeNull();
    }

    [Fact]
    public void Final_WithoutAPartial_IsTakenToHaveBeenSaidJustBefore()
    {
        var words = Final(3_000, "one two three").Words;
        (words[0].Start, words[^1].End).ShouldBe((Milliseconds(2_100), Milliseconds(2_700)));
    }

    [Fact]
    public void Utterance_DoesNotBeginBeforeTheLastOneEnded()
    {
        var first = Final(1_000, "one two three");
        Final(1_100, "four five six").Words[0].Start.ShouldBe(first.Words[^1].End);
        Final(1_200, "seven").Words[0].Start.ShouldBeGreaterThanOrEqualTo(first.Words[^1].End);
    }

    [Fact]
    public void Words_AtTheBeginningOfTheCall_HaveNoTimesBeforeIt() => Final(100, "one two three").Words[0].Start.ShouldBe(TimeSpan.Zero);
}
