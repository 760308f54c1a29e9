using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 3: at most one effect per key; unknown leads to a look-up by key and blocks its identity until it is resolved.</summary>
public sealed class Law03_AtMostOneEffectPerKey
{
    private static Conversation SentAndUnknown()
    {
        var call = new Conversation().Says("table for four");
        return call.Fails("table", new ToolFailure.Unknown()).Waits(100);
    }

    [Fact]
    public void Unknown_TryAgain_WaitsForTheLookUpByKey()
    {
        var call = SentAndUnknown();
        call.Said.ShouldContain(text => text.StartsWith("I'm sorry, I can't tell yet", StringComparison.Ordinal));

        call.Says("table for four again");
        call.Started("table").Count().ShouldBe(1);
        var lookUp = call.Started("table", ToolOperation.LookUp).Single();
        lookUp.Key.ShouldBe(call.Started("table").Single().Key);
    }

    [Fact]
    public void Unknown_LookUpFindsItDone_IsClaimedAndNotDoneAgain()
    {
        var call = SentAndUnknown().Waits(1200);

        call.Returns("table", "state=done seats=four").Waits(5000);

        call.Said.ShouldContain("A table for four is set.");
        call.Started("table").Count().ShouldBe(1);
    }

    [Fact]
    public void Unknown_LookUpFindsItAbsent_AFurtherOccurrenceMayBeTried()
    {
        var call = SentAndUnknown().Waits(1200).Returns("table", "state=absent").Waits(5000);

        call.Says("table for four");

        var keys = call.Started("table").Select(s => s.Key!.Value).ToArray();
        keys.Length.ShouldBe(2);
        keys[1].ShouldBe(keys[0] with { Occurrence = 2 });
    }

    [Fact]
    public void Unknown_LookUpsStayUnknown_APersonGetsIt()
    {
        var call = SentAndUnknown();
        for (var look = 0; look < 3; look++)
        {
            call.Waits(9000);
            if (call.State.Tools.Calls.Any(c => c is { Operation: ToolOperation.LookUp, Outcome: null })) call.Returns("table", "state=unknown");
        }

        call.Proposal.Status.ShouldBe(ProposalStatus.HandedOver);
        call.All<TransferToPerson>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Done_AskedForOnceMore_IsSaidAgainNotDoneAgain()
    {
        var call = new Conversation().Says("table for four").Returns("table", "ok=true").Waits(4000);

        call.Says("table for four").Waits(4000);

        call.Started("table").Count().ShouldBe(1);
        call.Said.Count(text => text == "A table for four is set.").ShouldBe(2);
    }

    [Fact]
    public void Done_PlainlyAskedForAnotherOne_IsASecondOccurrence()
    {
        var call = new Conversation().Says("table for four").Returns("table", "ok=true").Waits(4000);

        call.Says("another table for four");

        call.Started("table").Select(s => s.Key!.Value.Occurrence).ShouldBe([1, 2]);
    }

    [Fact]
    public void Outcome_ReportedTwice_CountsOnce()
    {
        var call = new Conversation().Says("table for four");
        var id = call.Running("table");
        call.Returns(id, Conversation.Rows("ok=true")).Waits(3000);
        var before = call.State;

        call.Returns(id, new ToolOutcome.Failed(new ToolFailure.Broken()));

        call.State.Tools[id].Outcome.ShouldBe(before.Tools[id].Outcome);
        call.Proposal.Status.ShouldBe(ProposalStatus.Done);
    }
}
