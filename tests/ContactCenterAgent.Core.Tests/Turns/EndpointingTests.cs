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
}
