using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tests.Laws;

/// <summary>Law 9: assurance covers fetch, prompt, journal, console and speech.</summary>
public sealed class Law09_AssuranceCoversEverything
{
    [Fact]
    public void AccountData_BeforeVerification_IsNeitherFetchedNorSaid()
    {
        var call = new Conversation().Says("balance name dana pin 9999").Returns("verify").Waits(3000);

        call.Started("balance").ShouldBeEmpty();
        call.Said.ShouldNotContain(text => text.Contains("balance is"));
    }

    [Fact]
    public void AccountData_AfterVerification_IsSaid()
    {
        var call = new Conversation().Verifies();

        call.Said.ShouldContain("Your balance is 12.");
        call.State.Assurance["c1"].ShouldBe(AssuranceLevel.Verified);
    }

    [Fact]
    public void Assurance_OfOnePerson_OpensNothingOfAnother()
    {
        var call = new Conversation().Verifies().Says("balance name bob pin 0");
        call.Returns("verify").Waits(3000);

        call.Started("balance").Count().ShouldBe(1);
    }

    [Fact]
    public void Assurance_RestingOnWordsThatChanged_FallsWithThem()
    {
        var call = new Conversation { Stable = false }.Hears("balance name dana pin 1234");
        call.Rehears("balance name dana pin 1234").Rehears("balance name dana pin 1234").Returns("verify", "customer_id=c1 verified=true");
        call.State.Assurance.ContainsKey("c1").ShouldBeTrue();

        call.Final("balance name dana pin 1235");

        call.State.Assurance.ContainsKey("c1").ShouldBeFalse();
    }

    [Fact]
    public void SealedResult_IsHiddenFromThePlanner()
    {
        PlanRequest? last = null;
        var call = new Conversation(draft: request =>
        {
            last = request;
            return Desk.Plan(request);
        });

        call.Hears("book thursday name dana").Returns("find_customer", "customer_id=c1 identified=true").Hears("please");

        last!.Known.Single(k => k.Tool == "find_customer").Result.ShouldBeNull();
        call.State.History.ShouldContain(line => line.Text.Value == "find_customer -> sealed");
    }
}

/// <summary>Law 10: while the agent owes the turn no gap exceeds two seconds; at most two fillers, none twice; by eight seconds an offer.</summary>
public sealed class Law10_NoDeadAir
{
    [Fact]
    public void SlowTool_GapsAreFilledAndAnOfferIsMade()
    {
        var call = new Conversation().Hears("slots thursday").Waits(200).Final();
        var end = call.State.Turn.SpokenUntil;
        call.Waits(9000);

        var sounds = call.Steps.Select(s => s.Happened).Where(e => e.At > end && e is PlaybackStarted or PlaybackEnded).ToArray();
        var silentSince = end;
        foreach (var sound in sounds.Where(s => s.At > end))
        {
            if (sound is PlaybackStarted) (sound.At - silentSince).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
            else silentSince = sound.At;
        }

        var fillers = call.All<Say>().Where(s => s.Kind is PromptKind.Filler or PromptKind.Echo).Select(s => s.Text.Value).ToArray();
        fillers.Length.ShouldBeInRange(1, 2);
        fillers.ShouldBeUnique();
        var offer = call.Commands.Single(c => c.Command is Say say && say.Text.Value.Contains("hold the line"));
        (offer.At - end).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void SlowTool_ThatAnswersAfterTheOffer_IsStillAnswered()
    {
        var call = new Conversation().Says("slots thursday").Waits(9000);

        call.Returns("slots", "slot_id=s1 start=ten").Waits(15000);

        call.Said.ShouldContain("Ten is free.");
    }

    [Fact]
    public void NoiseThatNeverEnds_DoesNotKeepTheTurnOpen()
    {
        var call = new Conversation().Hears("hours").Pauses();
        call.Happens(new SpeechStarted(call.Now)).Waits(200);

        call.Happens(new FinalHeard(call.Now, new([new("hours", call.Now, call.Now, true)], []))).Waits(3000);

        call.State.Turn.CommittedAt.ShouldNotBeNull();
    }

    [Fact]
    public void SilentCaller_IsAskedTwice_ThenPutThroughToAPerson()
    {
        var call = new Conversation().Waits(40_000);

        call.Said.ShouldContain("Are you still there?");
        call.Said.ShouldContain("I'm here if you need anything.");
        call.All<TransferToPerson>().Count().ShouldBe(1);
        call.All<HangUp>().ShouldBeEmpty();
    }

    [Fact]
    public void SilentCaller_WhomNobodyTakes_IsLetGo()
    {
        var call = new Conversation().Waits(40_000);
        call.Happens(new TransferEnded(call.Now, TransferOutcome.NoAnswer)).Waits(40_000);

        call.All<TransferToPerson>().Count().ShouldBe(1);
        call.All<HangUp>().Count().ShouldBe(1);
    }

    [Fact]
    public void SilentCaller_WhoSpeaksUp_IsAskedFromTheBeginningTheNextTime()
    {
        var call = new Conversation().Waits(15_000).Says("hours").Returns("hours", "opens=nine").Waits(15_000);

        call.Said.Count(text => text == "Are you still there?").ShouldBe(2);
        call.All<TransferToPerson>().ShouldBeEmpty();
    }
}

/// <summary>Law 11: work is bounded.</summary>
public sealed class Law11_WorkIsBounded
{
    [Fact]
    public void Calls_BeyondTheTurnsBudget_FailByName()
    {
        var call = new Conversation(Desk.Settings with { CallsPerTurn = 2 });
        call.Hears("slots monday").Returns("slots", "slot_id=s start=ten").Hears("no tuesday").Returns("slots", "slot_id=s start=ten").Hears("no wednesday");

        call.Started("slots").Count().ShouldBe(2);
        call.State.Tools.Calls[^1].Failure.ShouldBe(new ToolFailure.OverBudget("calls a turn"));
    }

    [Fact]
    public void Holds_OneOpenPerGroup_WhateverThePlanWants()
    {
        var two = new Func<PlanRequest, Plan>(request =>
        {
            var plan = Desk.Plan(request);
            var book = plan.Calls.FirstOrDefault(c => c.Tool == "book");
            return book is null ? plan : plan with { Calls = plan.Calls.Add(book with { Label = "second", Task = "second", Arguments = book.Arguments.SetItem("slot_id", new ArgumentValue.Known("s7")) }) };
        });
        var call = new Conversation(draft: two).Hears("book thursday name dana").Returns("slots", "slot_id=s1 start=two").Returns("find_customer", "customer_id=c1 identified=true").Pauses().Waits(160);

        call.Started("book", ToolOperation.Place).Count().ShouldBe(1);
    }

    [Fact]
    public void RunningCalls_PerBackEnd_WaitForRoom()
    {
        var call = new Conversation(Desk.Settings with { RunningPerBackEnd = 1 }).Hears("slots thursday").Hears("no friday");

        call.Started("slots").Count().ShouldBe(1);
        call.Final();
        call.Returns(call.State.Tools.Calls[0].Id, new ToolOutcome.Failed(new ToolFailure.Cancelled()));
        call.Started("slots").Count().ShouldBe(2);
    }
}
