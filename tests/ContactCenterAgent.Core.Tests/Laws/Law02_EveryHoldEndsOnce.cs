using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 2: every hold attempt has our id before it is sent and ends as exactly one of confirmed, released, expired.</summary>
public sealed class Law02_EveryHoldEndsOnce
{
    [Fact]
    public void Hold_CallerHangsUp_IsReleasedByOurId()
    {
        var call = new Conversation().OffersThursday();

        call.HangsUp();

        call.All<ReleaseHold>().Single().Hold.ShouldBe(call.Started("book", ToolOperation.Place).Single().Hold!.Value);
        call.Releases().Waits(10);
        call.State.Tools.Holds.Single().Status.ShouldBe(HoldStatus.Released);
        call.All<CloseCall>().Single().Disposition.ShouldBe(Disposition.Completed);
    }

    [Fact]
    public void Hold_HangUpWhileItIsBeingPlaced_IsReleasedWhateverComesBack()
    {
        var call = new Conversation();
        call.Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160);
        var place = call.Running("book");

        call.HangsUp();
        call.All<CancelTool>().Select(c => c.Call).ShouldContain(place);
        call.Returns(place, Conversation.Rows("held=true")).Releases().Waits(10);

        call.All<ReleaseHold>().Count().ShouldBe(1);
        call.State.Tools.Holds.Single().Status.ShouldBe(HoldStatus.Released);
        call.State.Phase.ShouldBe(CallPhase.Ended);
    }

    [Fact]
    public void Hold_ReleaseWhileTheBackEndIsDown_StaysWithTheOutboxAndTheCallEnds()
    {
        var call = new Conversation().OffersThursday();

        call.HangsUp().Waits(5000);

        call.State.Phase.ShouldBe(CallPhase.Ended, "the outbox goes on without the call");
        call.State.Tools.Holds.Single().Status.ShouldBe(HoldStatus.Releasing);
        call.Happens(new HoldReleased(call.Now, call.State.Tools.Holds.Single().Id, Expired: true));
        call.State.Tools.Holds.Single().Status.ShouldBe(HoldStatus.Expired);
    }

    [Fact]
    public void Hold_OwnHoldInTheWayOfAChangedHold_NewFirstOldAfter()
    {
        var call = new Conversation().OffersThursday();
        var old = call.State.Tools.Holds.Single().Id;

        call.Hears("no make it friday").Returns("slots", "slot_id=s2 start=friday-at-nine").Pauses().Waits(160);
        call.All<ReleaseHold>().ShouldBeEmpty("the new one is not there yet");
        call.Started("book", ToolOperation.Place).Count().ShouldBe(2);

        call.Returns("book", "held=true");
        call.All<ReleaseHold>().Single().Hold.ShouldBe(old);
        call.Proposal.Status.ShouldBe(ProposalStatus.Held);
    }

    [Fact]
    public void Hold_NewOneIsRefused_NothingOfOursStaysBehind()
    {
        var call = new Conversation().Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160);

        call.Fails("book", new ToolFailure.Refused("slot_taken"));

        call.All<ReleaseHold>().Count().ShouldBe(1);
        call.Started("slots").Count().ShouldBe(2, "somebody else was faster: search anew");
        call.Returns("slots", "slot_id=s2 start=three").Pauses().Waits(160).Returns("book", "held=true").Waits(200).Final().Waits(3000);
        call.Said.ShouldContain("An appointment on three. Shall I go ahead?");
    }

    [Fact]
    public void Confirm_InTheLastSecondsOfTheHold_RenewsFirst()
    {
        var call = new Conversation(Desk.Settings with { NoInput = TimeSpan.FromHours(1) }).OffersThursday();
        var old = call.State.Tools.Holds.Single();

        // The renewal before the end of the old hold is slow; the yes comes in the old hold's last seconds.
        call.Waits((int)(old.ExpiresAt - call.Now - TimeSpan.FromSeconds(2)).TotalMilliseconds);
        call.Started("book", ToolOperation.Place).Count().ShouldBe(2);
        call.Hears("yes").Final().Waits(300);
        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();

        call.Returns("book", Conversation.Rows("held=true"), ToolOperation.Place);
        call.Started("book", ToolOperation.Confirm).Single().Hold.ShouldBe(call.State.Tools.Holds[1].Id);
        call.All<ReleaseHold>().Single().Hold.ShouldBe(old.Id);
    }

    [Fact]
    public void Hold_NobodyAnswersForMinutes_ExpiresAndIsNotConfirmed()
    {
        var call = new Conversation(Desk.Settings with { NoInput = TimeSpan.FromHours(1) }).OffersThursday();

        for (var minute = 0; minute < 15; minute++)
        {
            call.Waits(60_000);
            while (call.State.Tools.Calls.Any(c => c is { Operation: ToolOperation.Place, StartedAt: not null, Outcome: null })) call.Returns("book", "held=true");
            call.Releases(expired: true);
        }

        call.Proposal.Status.ShouldBe(ProposalStatus.Expired);
        call.State.Tools.Holds.ShouldAllBe(hold => !hold.IsOpen);
        call.State.Tools.Holds.Length.ShouldBeLessThanOrEqualTo(5, "renewals are bounded");
    }
}
