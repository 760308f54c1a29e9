using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Calls;

/// <summary>Full disks, tools that misbehave, callers who press keys: none of it costs the call.</summary>
public sealed class HardTimesTests
{
    [Fact]
    public void FullDisk_ReadsGoOnAndAWriteIsHandedToAPerson()
    {
        var call = new Conversation();
        call.Happens(new StorageChanged(call.Now, Writable: false));

        call.Says("hours").Returns("hours", "opens=nine").Waits(3000);
        call.Said.ShouldContain("We open at nine.");
        call.Says("table for four").Waits(3000);

        call.Started("table").ShouldBeEmpty();
        call.Said.ShouldContain("I'm sorry, I can't make changes just now. I'll put you through to a colleague.");
        call.All<TransferToPerson>().Count().ShouldBe(1);
    }

    [Fact]
    public void FullDisk_FoundByAHold_IsHandedToAPerson()
    {
        var call = new Conversation().Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160);

        call.Fails("book", new ToolFailure.ReadOnly()).Final().Waits(3000);

        call.All<TransferToPerson>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(typeof(ToolFailure.Broken))]
    [InlineData(typeof(ToolFailure.Unavailable))]
    public void Tool_ThatFails_CostsAnApologyAndAnEntry(Type kind)
    {
        var failure = (ToolFailure)Activator.CreateInstance(kind)!;
        var call = new Conversation().Says("slots thursday").Fails("slots", failure).Waits(5000);

        call.Said.ShouldContain(failure.ForCaller);
        call.State.History.ShouldContain(line => line.Text.Value == $"slots -> {failure.Code}");
        call.State.Phase.ShouldBe(CallPhase.Listening);
    }

    [Fact]
    public void Zero_WithNothingAskedFor_IsAPerson()
    {
        var call = new Conversation();

        call.Happens(new DigitPressed(call.Now, Pii.Of('0'))).Waits(100);

        call.All<TransferToPerson>().Count().ShouldBe(1);
    }

    [Fact]
    public void Transfer_NobodyAnswers_TheCallerIsToldAndTheCallGoesOn()
    {
        var call = new Conversation().Says("person").Waits(1000);
        call.All<TransferToPerson>().Count().ShouldBe(1);
        call.Said.ShouldNotContain(text => text.Contains("transferring", StringComparison.OrdinalIgnoreCase), "law 7: nothing is claimed before somebody answers");

        call.Happens(new TransferEnded(call.Now, TransferOutcome.NoAnswer)).Waits(6000).Says("hours").Returns("hours", "opens=nine").Waits(3000);

        call.Said.ShouldContain("We open at nine.");
    }

    [Fact]
    public void NoMatch_ThreeTimes_EndsWithAPerson()
    {
        var call = new Conversation();
        for (var turn = 0; turn < 3; turn++) call.Says("blah").Waits(6000);

        call.All<TransferToPerson>().Count().ShouldBe(1);
    }

    [Fact]
    public void StaleGeneration_IsIgnored()
    {
        var call = new Conversation().Hears("slots thursday");
        var before = call.State.Tools;

        call.Happens(new PlanProposed(call.Now, new(1), Plan.Empty));

        call.State.Tools.ShouldBe(before);
    }

    [Fact]
    public void Result_WithoutAPhrase_IsWordedByTheAuthorityThatHasSeenIt()
    {
        var asked = new List<PlanRequest>();
        var call = new Conversation(
            Desk.Settings with { Tools = [Desk.Hours with { Phrases = ToolPhrases.None }] },
            authority: request =>
            {
                asked.Add(request);
                return Desk.Plan(request);
            });

        call.Says("hours").Waits(500);
        asked.ShouldAllBe(request => !request.Replies);
        call.Returns("hours", "opens=nine").Waits(10);

        asked[^1].Replies.ShouldBeTrue();
        asked[^1].Known.ShouldContain(known => known.Tool == "hours" && known.Result != null);
        asked.Count(request => request.Replies).ShouldBe(1);
    }

    [Fact]
    public void Result_ThatComesWhileTheAuthorityStillReads_IsVerifiedAndWordedByOneRun()
    {
        var call = new Conversation(Desk.Settings with { Tools = [Desk.Hours with { Phrases = ToolPhrases.None }] }, authority: _ => null);

        call.Says("hours").Waits(500);
        var early = call.All<AskPlanner>().Single(a => a.Request.Role == PlannerRole.Authority).Request.Generation;
        call.Returns("hours", "opens=nine").Waits(10);

        call.All<CancelPlanner>().ShouldHaveSingleItem().Generation.ShouldBe(early);
        var asked = call.All<AskPlanner>().Where(a => a.Request.Role == PlannerRole.Authority).ToList();
        asked.Count.ShouldBe(2);
        asked[1].Request.Known.ShouldContain(known => known.Tool == "hours" && known.Result != null);
        asked[1].Request.Replies.ShouldBeFalse("it verifies the plan too");
        call.Waits(300);
        call.All<CancelPlanner>().Count().ShouldBe(1);
    }

    [Fact]
    public void Sentence_OfARunThatHadNotSeenTheResult_IsNotSaidForIt()
    {
        var silent = new Conversation(Desk.Settings with { Tools = [Desk.Hours with { Phrases = ToolPhrases.None }] }, authority: request => request.Replies ? null : Desk.Plan(request));

        silent.Says("hours").Waits(300);
        var verifying = silent.All<AskPlanner>().Last(a => a.Request.Role == PlannerRole.Authority).Request.Generation;
        silent.Happens(new ReplySentence(silent.Now, verifying, Pii.Of("They are open at three.")));
        silent.Returns("hours", "opens=nine").Waits(100);

        silent.Said.ShouldNotContain("They are open at three.");
    }
}
