using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm.Tiers;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Llm.Tests.Tiers;

public sealed class TieredPlannerTests
{
    private readonly VirtualTime _time = new(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void FirstTier_InTime_IsTheOnlyOneAsked()
    {
        var second = Scripted("plan; end");
        Run(Tier("cloud", "0.7 grows; 0.2 plan; 0.1 says Hello there.; end"), new("gpu", second)).ShouldBe(["0.7 growing()", "0.9 plan()", "1.0 says: Hello there.", "1.0 ended"]);
        second.Asked.ShouldBe(0);
    }

    [Fact]
    public void FirstTier_Late_TheNextOnesFirstUsefulTokenComesWithin1200Milliseconds()
    {
        var first = Scripted("30 plan; end");
        Run(new("cloud", first), Tier("gpu", "0.35 grows; 0.2 plan; end")).ShouldBe(["0.8 cloud -> gpu tier.slow", "1.15 growing()", "1.35 plan()", "1.35 ended"]);
        first.Cancelled.ShouldBe(1);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("throw")]
    [InlineData("end")]
    public void FirstTier_ThatFails_IsLeftAtOnce(string how) =>
        Run(Tier("cloud", "0.1 " + how), Tier("gpu", "0.2 plan; end")).ShouldBe(["0.1 cloud -> gpu tier.failed", "0.3 plan()", "0.3 ended"]);

    [Theory]
    [InlineData("0.1 grows; 60 plan; end", "1.6 cloud -> gpu tier.stalled", "1.8")]
    [InlineData("0.1 grows; 0.2 stall", "0.3 cloud -> gpu tier.failed", "0.5")]
    [InlineData("0.1 grows; 0.2 throw", "0.3 cloud -> gpu tier.failed", "0.5")]
    public void Stream_ThatBreaksOffBeforeThePlan_IsTakenOver(string script, string switched, string at) =>
        Run(Tier("cloud", script), Tier("gpu", "0.2 plan; end")).ShouldBe(["0.1 growing()", switched, $"{at} plan()", $"{at} ended"]);

    [Theory]
    [InlineData("0.1 plan; 60 says Hello there.; end", "1.6 cloud ->  tier.cut", "1.6 ended")]
    [InlineData("0.1 plan; 0.1 stall", "0.2 cloud ->  tier.cut", "0.2 ended")]
    public void Stream_ThatBreaksOffBehindThePlan_IsNotReplayed(string script, string switched, string ended)
    {
        var next = Scripted("plan; says Hello there.; end");
        Run(Tier("cloud", script), new("gpu", next)).ShouldBe(["0.1 plan()", switched, ended]);
        next.Asked.ShouldBe(0);
    }

    [Fact]
    public void Stream_ThatBreaksOffAfterASentence_SaysNothingTwice() =>
        Run(Tier("cloud", "0.1 plan; 0.1 says Hello there.; 0.1 throw"), Tier("gpu", "plan; says Hello there.; end"))
            .ShouldBe(["0.1 plan()", "0.2 says: Hello there.", "0.3 cloud ->  tier.cut", "0.3 ended"]);

    [Fact]
    public void NoTierLeft_IsStalled_AndTheCoreAnswersFromItsDraft() =>
        Run(Tier("cloud", "0.1 stall"), Tier("gpu", "0.1 throw")).ShouldBe(["0.1 cloud -> gpu tier.failed", "0.2 gpu ->  tier.failed", "0.2 stalled"]);

    [Fact]
    public void Person_AsTheLastTier_TakesTheCaller()
    {
        var events = Plan(new([Tier("cloud", "0.1 stall"), new("person", new PersonPlanner())], _time));
        events.Select(e => e.Event.Text()).ShouldBe(["cloud -> person tier.failed", "plan()", "ended"]);
        events.Select(e => e.Event).OfType<PlanProposed>().Single().Plan.Act.ShouldBe(Core.Tools.TurnAct.WantsPerson);
    }

    [Theory]
    [InlineData("0.4 plan; end", "0.6 plan()", 1, 0)]
    [InlineData("0.1 plan; end", "0.3 plan()", 1, 0)]
    [InlineData("5 plan; end", "0.7 plan()", 1, 1)]
    public void Hedged_TheFirstUsefulTokenWins(string second, string plan, int firstCancelled, int secondCancelled)
    {
        var (slow, beside) = (Scripted(secondCancelled == 1 ? "0.7 plan; end" : "30 plan; end"), Scripted(second));
        Run(new PlannerTier("cloud", slow) { Limits = new() { HedgeAfter = TimeSpan.FromSeconds(0.2) } }, new("gpu", beside))
            .ShouldBe(["0.2 cloud -> gpu tier.hedged", plan, $"{plan.Split(' ')[0]} ended"]);
        slow.Cancelled.ShouldBe(secondCancelled == 1 ? 0 : firstCancelled);
        beside.Cancelled.ShouldBe(secondCancelled);
    }

    [Fact]
    public void Hedged_TheFirstTierFailsMeanwhile_TheOtherGoesOn() =>
        Run(new PlannerTier("cloud", Scripted("0.3 throw")) { Limits = new() { HedgeAfter = TimeSpan.FromSeconds(0.2) } }, Tier("gpu", "0.5 plan; end"))
            .ShouldBe(["0.2 cloud -> gpu tier.hedged", "0.3 cloud -> gpu tier.failed", "0.7 plan()", "0.7 ended"]);

    [Fact]
    public void Signal_ThatRefuses_PassesTheTierOverWithoutAWait()
    {
        var full = Scripted("plan; end");
        Run(new PlannerTier("gpu", full) { Signals = [new Signal("tier.full")] }, Tier("cloud", "0.4 plan; end")).ShouldBe(["0.0 gpu -> cloud tier.full", "0.4 plan()", "0.4 ended"]);
        full.Asked.ShouldBe(0);
    }

    [Fact]
    public void Breaker_AfterFourFailures_LeavesTheTierAlone_AndTriesItAgainLater()
    {
        var cloud = Scripted("stall", "stall", "stall", "stall", "0.1 plan; end");
        var tiers = new TieredPlanner([new("cloud", cloud), Tier("gpu", "0.1 plan; end")], _time);
        for (var i = 0; i < 4; i++) Plan(tiers);

        Plan(tiers)[0].Event.Text().ShouldBe("cloud -> gpu tier.open");
        cloud.Asked.ShouldBe(4, "nobody asked it");

        Passes(TimeSpan.FromSeconds(16));
        Plan(tiers)[0].Event.Text().ShouldBe("plan()");
        Plan(tiers)[0].Event.Text().ShouldBe("plan()");
        cloud.Asked.ShouldBe(6);
    }

    [Fact]
    public void Breaker_StallsInMidStream_Count()
    {
        var cloud = Scripted("plan; stall");
        var tiers = new TieredPlanner([new PlannerTier("cloud", cloud), Tier("gpu", "0.1 plan; end")], _time);
        for (var i = 0; i < 3; i++) Plan(tiers);

        Plan(tiers)[0].Event.Text().ShouldBe("cloud -> gpu tier.open", "half of what was asked has broken off");
    }

    [Fact]
    public void CalledOffRequests_DoNotOpenTheBreaker()
    {
        var cloud = Scripted("30 plan", "30 plan", "30 plan", "30 plan", "0.1 plan; end");
        var tiers = new TieredPlanner([new("cloud", cloud)], _time);
        for (var i = 0; i < 4; i++) _time.Run(() => CallOffAsync(tiers), TimeSpan.FromMinutes(1));

        Plan(tiers).Select(e => e.Event.Text()).ShouldBe(["plan()", "ended"]);
        cloud.Cancelled.ShouldBe(4);
    }

    [Fact]
    public void Line_WithTiersOfItsOwn_IsServedByThem()
    {
        var tiers = new TieredPlanner([Tier("cloud", "0.1 plan; end") with { Lines = ["other"] }, Tier("gpu", "0.2 plan; end")], _time);
        Plan(tiers)[0].At.ShouldBe(TimeSpan.FromSeconds(0.2));
        Plan(tiers, Clinic.Asks("hello") with { Line = "other" })[0].At.ShouldBe(TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public void Cancellation_EndsEveryTier()
    {
        var (cloud, gpu) = (Scripted("30 plan"), Scripted("30 plan"));
        var tiers = new TieredPlanner([new PlannerTier("cloud", cloud) { Limits = new() { HedgeAfter = TimeSpan.FromSeconds(0.1) } }, new("gpu", gpu)], _time);
        _time.Run(() => CallOffAsync(tiers), TimeSpan.FromMinutes(1));

        (cloud.Cancelled, gpu.Cancelled).ShouldBe((1, 1));
    }

    private async Task CallOffAsync(TieredPlanner tiers)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.3), _time);
        try
        {
            await tiers.PlanAsync(Clinic.Asks("hello"), cancel.Token).ListAsync();
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new InvalidOperationException("It was not called off.");
    }

    private void Passes(TimeSpan time) => _time.Run(() => Task.Delay(time, _time), TimeSpan.FromMinutes(5));

    private ScriptedTier Scripted(params string[] scripts) => new(_time, scripts);

    private PlannerTier Tier(string name, string script) => new(name, Scripted(script));

    private string[] Run(params PlannerTier[] tiers) => [.. Plan(new([.. tiers], _time)).Select(e => $"{e.At.TotalSeconds:0.0#} {e.Event.Text()}")];

    private List<(TimeSpan At, CallEvent Event)> Plan(TieredPlanner planner, PlanRequest? request = null)
    {
        List<(TimeSpan, CallEvent)> seen = [];
        var began = _time.Elapsed;
        _time.Run(async () =>
        {
            await foreach (var happened in planner.PlanAsync(request ?? Clinic.Asks("hello"), CancellationToken.None)) seen.Add((_time.Elapsed - began, happened));
        }, TimeSpan.FromMinutes(5));
        return seen;
    }

    private sealed record Signal(string? Refuses) : ITierSignal;
}
