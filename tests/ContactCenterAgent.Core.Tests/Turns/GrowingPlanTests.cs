using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Turns;

public sealed class GrowingPlanTests
{
    [Fact]
    public void Growing_StartsItsReads_AndDropsNothing()
    {
        var call = new Conversation(authority: _ => null).Says("book thursday").Waits(100);
        call.Started("slots").Count().ShouldBe(1);

        Grows(call, Wish("find_customer", "name", "dana"));

        call.Started("find_customer").Count().ShouldBe(1);
        call.All<CancelTool>().ShouldBeEmpty();
        call.State.Tools.Calls.Where(c => c.Tool == "slots").ShouldAllBe(c => c.Wanted);
    }

    [Fact]
    public void Growing_WithAnEffect_ProposesNothingAndVerifiesNothing()
    {
        var call = new Conversation(authority: _ => null).Says("hours").Waits(1000);

        Grows(call, Wish("table", "seats", "4") with { Requested = true });

        call.State.Planning.Verified.ShouldBeNull();
        call.State.Tools.Proposals.ShouldBeEmpty();
        call.Started("table").ShouldBeEmpty();
    }

    [Fact]
    public void SlowModel_WhosePlanComesAfterTheEffect_LooksForNoSecondOne()
    {
        PlanRequest? asked = null;
        var call = new Conversation(authority: r =>
        {
            asked = r;
            return r.ReadBack is null ? Desk.Plan(r) : null;
        });
        call.OffersThursday().Says("yes").Returns("book", Conversation.Rows("booked=true"), ToolOperation.Confirm).Waits(200);
        call.Proposal.Status.ShouldBe(ProposalStatus.Done);
        var (reads, places) = (call.Started("slots").Count(), call.Started("book", ToolOperation.Place).Count());

        call.Happens(new PlanProposed(call.Now, asked!.Generation, Desk.Plan(asked) with { Growing = true }));
        call.Happens(new PlanProposed(call.Now, asked.Generation, Desk.Plan(asked))).Waits(2000);

        call.Started("slots").Count().ShouldBe(reads, "the diary has changed, and nobody asks for another time");
        call.Started("book", ToolOperation.Place).Count().ShouldBe(places);
        call.State.Tools.Proposals.Length.ShouldBe(1);
    }

    private static PlannedCall Wish(string tool, string parameter, string value) => new()
    {
        Label = tool,
        Task = tool,
        Tool = tool,
        Arguments = ImmutableSortedDictionary<string, ArgumentValue>.Empty.Add(parameter, new ArgumentValue.Known(value)),
    };

    private static void Grows(Conversation call, PlannedCall wish) => call.Happens(new PlanProposed(
        call.Now, call.State.Planning.Authority!.Value.Generation, new() { Read = call.State.Turn.Hash, Growing = true, Calls = [wish] }));
}
