using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 4: a superseded call's value reaches neither caller nor history nor another call by itself; a new equal call may adopt it while it is fresh.</summary>
public sealed class Law04_SupersededCallsAreDead
{
    [Fact]
    public void Correction_SupersedesTheCallAndItsDependants()
    {
        var call = new Conversation().Hears("book tuesday name dana");
        var tuesday = call.Running("slots");
        call.Hears("no thursday").Final();

        call.State.Tools[tuesday].Status.ShouldBe(ToolCallStatus.Superseded);
        call.All<CancelTool>().Select(c => c.Call).ShouldContain(tuesday);
        call.Returns(tuesday, Conversation.Rows("slot_id=s1 start=tuesday")).Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160);
        call.Started("book", ToolOperation.Place).ShouldBeEmpty();
        call.State.History.ShouldNotContain(line => line.Text.Value.StartsWith("slots", StringComparison.Ordinal));

        call.Returns("slots", "slot_id=s2 start=thursday").Waits(3000);
        call.Said.ShouldNotContain(text => text.Contains("tuesday"));
        call.Started("book", ToolOperation.Place).Single().Arguments.Value["slot_id"].ShouldBe("s2");
    }

    [Fact]
    public void Replanned_IdenticalCall_IsTheSameCall()
    {
        var call = new Conversation().Hears("slots thursday").Hears("please if you can").Final().Waits(800);

        call.Started("slots").Count().ShouldBe(1);
        call.All<CancelTool>().ShouldBeEmpty();
    }

    [Fact]
    public void SupersededResult_NewEqualCall_AdoptsItWhileFresh()
    {
        var call = new Conversation().Hears("slots tuesday").Returns("slots", "slot_id=s1 start=tuesday-at-ten");
        call.Hears("no thursday").Returns("slots", "slot_id=s2 start=thursday-at-ten").Hears("no tuesday").Final().Waits(800);

        call.Started("slots").Count().ShouldBe(2, "tuesday is known");
        call.Said.ShouldContain("Tuesday-at-ten is free.");
    }

    [Fact]
    public void SupersededResult_TooOldOrAskedAgain_IsReadAnew()
    {
        var call = new Conversation().Says("slots tuesday").Returns("slots", "slot_id=s1 start=ten").Waits(3000);

        call.Says("slots tuesday again");

        call.Started("slots").Count().ShouldBe(2);
    }

    [Fact]
    public void FlickeringWord_NeitherStartsNorKillsACall()
    {
        var call = new Conversation { Stable = false }.Hears("slots thursday");
        call.Started("slots").ShouldBeEmpty("one partial is no agreement");
        call.Rehears("slots thursday please");
        call.Started("slots").Count().ShouldBe(1);

        call.Rehears("slots thirsty please").Rehears("slots thursday please");
        call.All<CancelTool>().ShouldBeEmpty();
        call.Started("slots").Count().ShouldBe(1);
    }

    [Fact]
    public void WidenedRead_ServesTheNarrowedOne()
    {
        var settings = Desk.Settings with { Tools = [.. Desk.Settings.Tools.Select(t => t.Name == "slots" ? t with { Parameters = [.. t.Parameters.Select(p => p with { Required = true })] } : t)] };
        var call = new Conversation(settings).Hears("slots thursday");
        call.Started("slots").Single().MaxRows.ShouldBe(20);

        call.Hears("with lee").Returns("slots", "slot_id=s1 start=nine who=patel", "slot_id=s2 start=ten who=lee").Final().Waits(800);

        call.Started("slots").Count().ShouldBe(1);
        call.Said.ShouldContain("Ten is free.");
    }
}
