using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 1: no write, irreversible effect or confirm without its authorisation, nor from a plan that has not read the closed transcript.</summary>
public sealed class Law01_NothingIsDispatchedWithoutItsAuthorisation
{
    [Fact]
    public void Reserve_OfferedAndNotAnswered_IsHeldAndNotConfirmed()
    {
        var call = new Conversation().OffersThursday();

        call.Proposal.Status.ShouldBe(ProposalStatus.Held);
        call.Started("book", ToolOperation.Place).Count().ShouldBe(1);
        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
        call.Said.ShouldContain("An appointment on thursday-at-two. Shall I go ahead?");
    }

    [Fact]
    public void Reserve_PlainYes_IsConfirmedWithoutAnyPlanner()
    {
        var call = new Conversation(draft: request => request.Turn.Text == "yes" ? throw new InvalidOperationException("no model stands on this path") : Desk.Plan(request));
        call.OffersThursday();

        Should.Throw<InvalidOperationException>(() => call.Hears("yes"));
        call.Waits(100).Final().Waits(300);

        call.Started("book", ToolOperation.Confirm).Single().Key.ShouldNotBeNull();
        call.Returns("book", "ref=81").Waits(6000);
        call.Said.Last().ShouldBe("Booked for thursday-at-two.", "the yes is answered by what it did");
    }

    [Fact]
    public void Reserve_HoldPlacedBeforeTheYes_IsKeptOverAnInterveningQuestion()
    {
        var call = new Conversation().OffersThursday();

        call.Says("hours").Returns("hours", "opens=nine").Waits(8000);
        call.Said.ShouldContain("We open at nine.");
        call.Proposal.Status.ShouldBe(ProposalStatus.Held);
        call.All<ReleaseHold>().ShouldBeEmpty();

        call.Says("yes please");
        call.Started("book", ToolOperation.Confirm).Count().ShouldBe(1);
        call.Returns("book", "ref=81").Waits(10);
        call.Said.ShouldContain("Booked for thursday-at-two.");
    }

    [Fact]
    public void OneYes_AfterTwoReadBacks_IsToTheOneThatWasSpokenLast()
    {
        var call = new Conversation().OffersThursday();
        call.Says("maybe table four").Waits(9000);
        call.Said.Count(s => s.EndsWith("Shall I go ahead?", StringComparison.Ordinal)).ShouldBe(3, "the appointment is read back again, and the table after it");

        call.Says("yes").Waits(2000);

        call.Started("table").Count().ShouldBe(1);
        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty("nobody has said yes to that one since");
    }

    [Fact]
    public void Proposal_ReplacedAndWantedAgainInOneTurn_IsReadBack()
    {
        var call = new Conversation();
        call.Says("maybe table four").Waits(5000);

        call.Says("maybe fifteen four fifteen").Waits(5000);

        call.Said.Last().ShouldBe("A table for fifteen. Shall I go ahead?");
        call.Says("yes").Waits(1000);
        call.Started("table").Single().Arguments.Value["seats"].ShouldBe("fifteen");
    }

    [Theory]
    [InlineData("yes and what is the address")]
    [InlineData("yes that's right where is it")]
    public void Reserve_YesWithAQuestionBehindIt_IsConfirmed(string words)
    {
        var call = new Conversation().OffersThursday();

        call.Says(words);

        call.Started("book", ToolOperation.Confirm).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("yes but can you make it friday")]
    [InlineData("yes what about friday")]
    [InlineData("yes can i come a bit later")]
    [InlineData("yes is it four people")]
    public void Reserve_YesWithWhatMayChangeItBehindIt_IsNotConfirmed(string words)
    {
        var call = new Conversation().OffersThursday();

        call.Says(words);

        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_YesWithAQuestionThatThePlannerReadsAsAnotherWish_IsNotConfirmedWhereThePlanChanged()
    {
        // The rule sees a question; the planner, which has read every word too, has put another appointment in its place.
        var call = new Conversation(draft: request => request.Turn.Text.Contains("what is", StringComparison.Ordinal)
            ? Desk.Plan(request with { Turn = request.Turn with { Words = [.. request.Turn.Words.Select(w => w with { Text = w.Text == "nice" ? "friday" : w.Text })] } }) with { Read = request.Hash }
            : Desk.Plan(request));
        call.OffersThursday();

        call.Says("yes what is nice");

        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
    }

    [Fact]
    public void Write_FifteenThatTheFinalTurnsIntoFifty_IsDispatchedForFiftyOnly()
    {
        var call = new Conversation { Stable = false };

        call.Hears("table fifteen").Pauses().Waits(400);
        call.State.Turn.ClosedAt.ShouldNotBeNull("the plan is complete: the floor is taken early");
        call.Started("table").ShouldBeEmpty();
        call.Final("table fifty").Waits(800);

        call.Started("table").Single().Arguments.Value["seats"].ShouldBe("fifty");
    }

    [Fact]
    public void Reserve_YesThatGoesOnBeforeDispatch_ConfirmsNothing()
    {
        var call = new Conversation().OffersThursday();

        call.Hears("yes").Waits(200).Hears("actually make it friday").Waits(200).Final().Waits(1000);

        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
        call.Started("slots").Last().Arguments.Value["day"].ShouldBe("friday");
    }

    [Fact]
    public void Reserve_YesThatGoesOnAfterDispatch_BecomesANewProposal()
    {
        var call = new Conversation().OffersThursday();
        call.Says("yes");
        var first = call.Started("book", ToolOperation.Confirm).Single();

        call.Hears("actually book friday").Returns(call.Running("book"), Conversation.Rows("ref=81"));
        call.Returns("slots", "slot_id=s9 start=friday-at-nine").Pauses().Waits(160).Returns("book", "held=true").Waits(200).Final().Waits(8000);

        call.State.Tools.Proposals[0].Status.ShouldBe(ProposalStatus.Done);
        call.State.Tools.Proposals[1].Status.ShouldBe(ProposalStatus.Held);
        call.State.Tools.Proposals[1].Key.ShouldNotBe(first.Key!.Value);
        call.Started("book", ToolOperation.Confirm).Count().ShouldBe(1);
    }

    [Fact]
    public void Write_AskedForInDoubt_IsReadBackFirst()
    {
        var call = new Conversation().Says("maybe a table for four").Waits(3000);

        call.Started("table").ShouldBeEmpty();
        call.Said.ShouldContain("A table for four. Shall I go ahead?");
        call.Says("yes");
        call.Started("table").Count().ShouldBe(1);
    }

    [Fact]
    public void Write_RequestedPlainly_WaitsForTheCommit()
    {
        var call = new Conversation().Hears("table for four").Waits(100);
        call.Started("table").ShouldBeEmpty();

        call.Final().Waits(700);
        call.Started("table").Count().ShouldBe(1);
    }

    [Fact]
    public void Reserve_YesBeforeTheParticularsWereHeard_IsNoYes()
    {
        var call = new Conversation();
        call.Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=thursday-at-two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160).Returns("book", "held=true");
        call.Plays = false;
        call.Waits(200).Final().Waits(900);
        var prompt = call.State.Voice.Prompts.Single();
        call.Happens(new PlaybackStarted(call.Now, prompt.Id)).Happens(new PlaybackProgressed(call.Now, prompt.Id, 5));
        call.Plays = true;

        call.Says("yes").Waits(3000);

        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
        call.Proposal.Status.ShouldBe(ProposalStatus.Held, "a yes must not cancel what it confirms either");
        call.Says("yes");
        call.Started("book", ToolOperation.Confirm).Count().ShouldBe(1, "the read-back was said again, and heard");
    }

    [Fact]
    public void Authority_StillThinking_TheDraftAloneDispatchesNothing()
    {
        var call = new Conversation(authority: _ => null).Says("table for four").Waits(1000);

        call.State.Planning.Latest!.Read.ShouldBe(call.State.Turn.Hash, "the draft has read it all");
        call.Started("table").ShouldBeEmpty();

        call.Happens(new PlannerStalled(call.Now, call.State.Planning.Authority!.Value.Generation));
        call.Started("table").Count().ShouldBe(1, "the next tier is the authority now");
    }

    [Fact]
    public void Reserve_ChangedToSomethingThatIsNotThere_AYesIsNotToTheOldOne()
    {
        var call = new Conversation().OffersThursday();

        call.Hears("no make it friday").Returns("slots").Waits(200).Final().Waits(5000);
        call.Said.ShouldContain("Nothing is free then.");
        call.Says("yes please").Waits(3000);

        call.Started("book", ToolOperation.Confirm).ShouldBeEmpty();
        call.State.Tools.Proposals[0].Status.ShouldBe(ProposalStatus.Released);
    }

    [Fact]
    public void Reserve_SomethingElseAskedAfterTheReadBack_AYesIsToTheLastQuestion()
    {
        var call = new Conversation().OffersThursday().Says("blah blah").Waits(8000);
        call.Said.Last().ShouldBe("An appointment on thursday-at-two. Shall I go ahead?", "what is still open is asked last, and again");

        call.Says("yes");
        call.Started("book", ToolOperation.Confirm).Count().ShouldBe(1);
    }

    [Fact]
    public void Person_OfferedAndAccepted_IsWhatTheYesIsTo()
    {
        var call = new Conversation().OffersThursday().Says("hours").Fails("hours", new ToolFailure.Unavailable());
        call.Waits(500);
        call.Said.ShouldContain(text => text.EndsWith("Shall I put you through to a colleague?", StringComparison.Ordinal));
        call.Said.Last().ShouldBe("An appointment on thursday-at-two. Shall I go ahead?", "what is still open is asked last");

        call.Waits(12000).Says("no thanks").Waits(4000);
        call = new Conversation().Says("slots friday").Fails("slots", new ToolFailure.Unavailable()).Waits(8000).Says("yes please");

        call.All<TransferToPerson>().Count().ShouldBe(1);
    }
}
