using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Timelines;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Tiers;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Host.Tests.Scripts;

/// <summary>Whole calls with a model as the authority and the embedded planner as the draft.</summary>
public sealed class ModelTierScriptTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    public static TheoryData<string> Names => ScriptTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Script_WithAModelAsAuthority_EndsAsItExpects(string name)
    {
        WritingModel? model = null;
        var run = await PlayAsync(name, (services, time) => [new("cloud", new ChatPlanner(model = new(services.Draft, time, Milliseconds(400), Milliseconds(5)), WritingModel.Options))]);

        run.Failures.ShouldBeEmpty();
        model!.Asked.ShouldBeGreaterThan(0);
        run.Steps.ShouldContain(s => s.Happened is PlanProposed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Script_WithADeadTierBeforeTheModel_EndsAsItExpects_AndTheSwitchIsInTheTimeline(string name)
    {
        var view = new CallView(TimeProvider.System);
        var run = await PlayAsync(
            name,
            (services, time) =>
            [
                new("cloud", new ChatPlanner(new WritingModel(services.Draft, time, TimeSpan.FromHours(1), default), WritingModel.Options)),
                new("gpu", new ChatPlanner(new WritingModel(services.Draft, time, Milliseconds(300), Milliseconds(5)), WritingModel.Options)),
            ],
            view);

        run.Failures.ShouldBeEmpty();
        view.Read(0).Rows.ShouldContain(r => r.Kind == RowKind.Switched && r.Text == "cloud -> gpu" && r.Note == "tier.slow");
        var asked = run.Steps.SelectMany(s => s.Commands.OfType<AskPlanner>().Where(a => a.Request.Role == Core.Turns.PlannerRole.Authority).Select(a => (a.Request.Generation, s.Happened.At))).ToDictionary();
        var first = run.Steps.Select(s => s.Happened).OfType<PlanProposed>().Where(p => asked.ContainsKey(p.Generation)).GroupBy(p => p.Generation).Select(g => g.First().At - asked[g.Key]).ToList();
        first.ShouldNotBeEmpty();
        first.ShouldAllBe(wait => wait < TimeSpan.FromSeconds(1.2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Script_WithNoTierThatAnswers_IsAnsweredFromTheDraft(string name)
    {
        var run = await PlayAsync(name, (services, time) => [new("cloud", new ChatPlanner(new WritingModel(services.Draft, time, TimeSpan.FromHours(1), default), WritingModel.Options))]);

        run.Failures.ShouldBeEmpty();
        run.Steps.ShouldContain(s => s.Happened is PlannerStalled);
    }

    private Task<ScriptRun> PlayAsync(string name, Func<CallServices, TimeProvider, PlannerTier[]> tiers, ICallObserver? observer = null) => fixture.Stage.PlayOnVirtualTimeAsync(
        ScriptLibrary.All.Single(s => s.Name == name), Speculation.On, observer,
        services => services with { Authority = new TieredPlanner([.. tiers(services, services.Time)], services.Time) }, CancellationToken.None);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
