using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

/// <summary>When a turn closes: by the words, by the plan that has read them, and by the sound, of which none alone is enough.</summary>
public sealed class EndpointingTests
{
    /// <summary>Silence from the end of the caller's sound to the close.</summary>
    private static int ClosedAfter(Conversation call)
    {
        call.Waits(5_000);
        return (int)(call.State.Turn.ClosedAt!.Value - call.State.Turn.VoiceEndedAt).TotalMilliseconds;
    }

    [Fact]
    public void Close_OfACompleteRequest_WithSilenceThatIsCertain_Is300Milliseconds() => ClosedAfter(new Conversation().Hears("hours").Pauses()).ShouldBe(300);

    [Fact]
    public void Close_OfACompleteRequest_WithoutVoiceActivity_TakesTheBaseline()
    {
        // No sound was ever told of: the gap between two words looks like an end.
        var call = new Conversation().Hears("hours");
        var last = call.Now;
        call.Waits(5_000);
        (call.State.Turn.ClosedAt!.Value - last).ShouldBe(TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public void Close_WithWordsThatTheRecogniserHasNotGivenYet_TakesTheBaseline()
    {
        // The last word ended long before the sound did: more words are on their way.
        var call = new Conversation().Hears("hours");
        call.Happens(new SpeechStarted(call.Now)).Waits(600).Pauses();
        ClosedAfter(call).ShouldBe(700);
    }

    [Fact]
    public void Close_WhileTheCallerMakesSound_DoesNotCome()
    {
        var call = new Conversation().Hears("hours");
        call.Happens(new SpeechStarted(call.Now)).Waits(1_500);
        call.State.Turn.IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData("slots thursday and")]
    [InlineData("slots thursday no wait")]
    [InlineData("slots thursday i mean")]
    public void Close_OfWordsThatLeadOn_Takes1500Milliseconds(string words) => ClosedAfter(new Conversation().Hears(words).Pauses()).ShouldBe(1_500);

    [Fact]
    public void Close_OfWordsThatNoPlanExplains_TakesTheBaseline() => ClosedAfter(new Conversation().Hears("blah").Pauses()).ShouldBe(700);

    [Fact]
    public void Close_OfAPlainYesToAReadBack_Takes250Milliseconds()
    {
        var call = new Conversation().OffersThursday().Hears("yes").Pauses();
        var quiet = call.Now;
        call.Final().Waits(5_000);
        (call.State.Turn.ClosedAt!.Value - quiet).ShouldBe(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void Close_OfACallerWhoWasCutOff_TakesLongerFromThenOn()
    {
        var call = new Conversation().Hears("hours").Pauses().Waits(350);
        call.State.Turn.ClosedAt.ShouldNotBeNull();
        call.Hears("please").Pauses();

        call.State.Turn.CutOffs.ShouldBe(1);
        ClosedAfter(call).ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Draft_IsAskedForAtTheFirstPause_AndSpokenNoEarlierThanTheClose()
    {
        var call = new Conversation().Hears("hours").Returns("hours", "opens=nine").Pauses();
        call.Waits(299).Said.Count().ShouldBe(1, "the greeting");
        call.Waits(2).Said.Last().ShouldBe("We open at nine.");
    }

    /// <summary>A caller whose sound has just ended 150 ms after the last word that was given: one more is on its way.</summary>
    private static Conversation WithAWordOnItsWay()
    {
        var call = new Conversation(authority: _ => null).Hears("hours");
        return call.Happens(new SpeechStarted(call.Now)).Waits(150).Pauses();
    }

    private static IEnumerable<AskPlanner> AskedOf(Conversation call) => call.All<AskPlanner>().Where(asked => asked.Request.Role == PlannerRole.Authority);

    [Fact]
    public void Draft_WithAWordOnItsWay_WaitsForItAndIsAskedForAtOnceWhenItComes()
    {
        var call = WithAWordOnItsWay();
        var quiet = call.Now;
        AskedOf(call.Waits(180)).ShouldBeEmpty();

        call.Happens(new PartialHeard(call.Now, new([new("hours", quiet - Of(300), quiet - Of(150), true), new("please", quiet - Of(150), quiet, true)], [])));

        AskedOf(call).ShouldHaveSingleItem().Request.Turn.Text.ShouldBe("hours please");
    }

    [Fact]
    public void Draft_WithAWordThatNeverComes_IsAskedForAfter250Milliseconds()
    {
        var call = WithAWordOnItsWay().Waits(249);
        AskedOf(call).ShouldBeEmpty();
        AskedOf(call.Waits(1)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Draft_OfWordsThatChangeInThePause_IsGivenUpForTheNewOnesAtOnce()
    {
        var call = new Conversation(authority: _ => null).Hears("hours").Pauses().Waits(150);
        var early = AskedOf(call).ShouldHaveSingleItem().Request.Generation;

        call.Rehears("hours please");

        call.All<CancelPlanner>().ShouldHaveSingleItem().Generation.ShouldBe(early);
        AskedOf(call).Last().Request.Turn.Text.ShouldBe("hours please");
    }

    private static TimeSpan Of(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
