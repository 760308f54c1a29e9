using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 5: a current call's result enters history in the step that receives it, before any barge-in rule.</summary>
public sealed class Law05_ResultsEnterHistoryAtOnce
{
    [Fact]
    public void Result_InTheMiddleOfABargeIn_IsInHistory()
    {
        var call = new Conversation().Says("table for four").Hears("hang on");

        call.Returns("table", "ok=true");

        call.State.History[^1].Text.Value.ShouldBe("table -> 1 rows");
        call.Said.ShouldNotContain("A table for four is set.", "not into the caller's words");
        call.Final().Waits(4000);
        call.Said.ShouldContain("A table for four is set.");
    }

    [Fact]
    public void Result_AfterHangUp_IsInHistory()
    {
        var call = new Conversation().Says("table for four").HangsUp();

        call.Returns("table", "ok=true").Waits(10);

        call.State.History[^1].Text.Value.ShouldBe("table -> 1 rows");
        call.Proposal.Status.ShouldBe(ProposalStatus.Done);
        call.All<CloseCall>().Count().ShouldBe(1);
    }
}

/// <summary>Law 6: at the end each call in history has exactly one effective outcome.</summary>
public sealed class Law06_EveryCallHasOneOutcome
{
    [Fact]
    public void End_WithCallsUnderWay_GivesEachAnOutcome()
    {
        var call = new Conversation().Hears("slots thursday").HangsUp().Waits(40_000);

        call.State.Phase.ShouldBe(CallPhase.Ended);
        call.State.Tools.Calls.Where(c => c.StartedAt is not null).ShouldAllBe(c => c.Outcome != null);
        call.State.Tools.Calls.Single().Failure.ShouldBeOfType<ToolFailure.Cancelled>();
    }

    [Fact]
    public void End_WithAnEffectUnderWay_SaysUnknownAndHandsItOver()
    {
        var call = new Conversation().Says("table for four").HangsUp().Waits(40_000);

        call.State.Tools.Calls.Single(c => c.Tool == "table").Failure.ShouldBeOfType<ToolFailure.Unknown>();
        call.Proposal.Status.ShouldBe(ProposalStatus.HandedOver);
    }
}

/// <summary>Law 7: a claim is rendered from an effective entry and cannot reach the line before; absence only from a complete, current result.</summary>
public sealed class Law07_ClaimsComeFromTheLedger
{
    [Fact]
    public void Claim_IsSaidOnlyAfterTheEffect()
    {
        var call = new Conversation().OffersThursday().Says("yes");
        call.Said.ShouldNotContain("Booked for thursday-at-two.");

        call.Returns("book", "ref=81");

        var claim = call.All<Say>().Single(s => s.Kind == PromptKind.Claim);
        claim.Text.Value.ShouldBe("Booked for thursday-at-two.");
        claim.Claims.ShouldBe(call.Proposal.Key);
    }

    [Fact]
    public void ModelText_ThatClaimsAnEffect_IsNotSaid()
    {
        Generation generation = default;
        var call = new Conversation(authority: request =>
        {
            generation = request.Generation;
            return Desk.Plan(request);
        });
        call.Hears("hours").Returns("hours", "opens=nine").Pauses().Waits(160);

        foreach (var sentence in (string[])["I've booked that for you.", "We look forward to seeing you."]) call.Happens(new ReplySentence(call.Now, generation, Pii.Of(sentence)));
        call.Final().Waits(3000);

        call.Said.ShouldNotContain("I've booked that for you.");
    }

    [Fact]
    public void Absence_FromATruncatedResult_IsNotClaimed()
    {
        var call = new Conversation().Says("slots thursday");
        call.Returns("slots", new ToolOutcome.Succeeded(ToolResult.Of([], truncated: true))).Waits(3000);
        call.Said.ShouldNotContain("Nothing is free then.");

        var complete = new Conversation().Says("slots thursday").Returns("slots").Waits(3000);
        complete.Said.ShouldContain("Nothing is free then.");
    }
}

/// <summary>Law 8: barge-in stops sound and nothing else; after hang-up what was authorised finishes and the rest is withdrawn.</summary>
public sealed class Law08_BargeInStopsSoundOnly
{
    [Fact]
    public void BargeIn_OverAReadBack_StopsSoundAndKeepsTheHold()
    {
        var call = new Conversation();
        call.Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160).Returns("book", "held=true");
        call.Waits(200).Final().Waits(300);
        call.State.Phase.ShouldBe(CallPhase.Speaking);

        call.Hears("what hours");

        call.All<StopPlayback>().Count().ShouldBe(1);
        call.All<CancelTool>().ShouldBeEmpty();
        call.All<ReleaseHold>().ShouldBeEmpty();
        call.Proposal.Status.ShouldBe(ProposalStatus.Held);
    }

    [Fact]
    public void BargeIn_HistoryHoldsWhatWasHeard()
    {
        var call = new Conversation { Plays = false };
        call.Says("hours").Returns("hours", "opens=nine");
        var prompt = call.State.Voice.Prompts.Single();
        call.Happens(new PlaybackStarted(call.Now, prompt.Id)).Happens(new PlaybackProgressed(call.Now, prompt.Id, 7));

        call.Hears("thanks").Waits(100);

        call.State.History.ShouldContain(line => line.Who == Speaker.Agent && line.Text.Value == "We open-");
    }

    [Fact]
    public void Backchannel_DoesNotStopTheAgent()
    {
        var call = new Conversation().Says("hours").Returns("hours", "opens=nine");
        call.State.Phase.ShouldBe(CallPhase.Speaking);

        call.Hears("mm-hm").Final();

        call.All<StopPlayback>().ShouldBeEmpty();
    }

    [Fact]
    public void BargeIn_AfterDispatch_KeepsTheResult()
    {
        var call = new Conversation().OffersThursday().Says("yes").Hears("oh and hours");

        call.Returns("book", Conversation.Rows("ref=81"), ToolOperation.Confirm);

        call.Proposal.Status.ShouldBe(ProposalStatus.Done);
    }

    [Fact]
    public void HangUp_AfterTheYes_TheAuthorisedFinishes()
    {
        var call = new Conversation().OffersThursday().Says("yes").HangsUp();
        call.State.Phase.ShouldBe(CallPhase.Draining);

        call.Returns("book", "ref=81").Waits(10);

        call.Proposal.Status.ShouldBe(ProposalStatus.Done);
        call.State.Tools.Holds.Single().Status.ShouldBe(HoldStatus.Confirmed);
        call.All<ReleaseHold>().ShouldBeEmpty();
    }
}
