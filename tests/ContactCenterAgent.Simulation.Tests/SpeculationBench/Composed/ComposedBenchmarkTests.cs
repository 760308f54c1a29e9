using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Composed;

/// <summary>Composed tasks through the product and under every policy by rule.</summary>
public sealed class ComposedBenchmarkTests
{
    private const int Count = 28;

    [Fact]
    public void Ours_DoesWhatTheWholeTurnAsksForAndNothingElse()
    {
        foreach (var shape in Run(new() { Disfluency = 0.3, Unstable = 0.2, Pauses = 0.3 }))
        {
            var ours = shape[PolicyNames.Ours].Turns.ToList();
            ours.Count.ShouldBe(Count);
            ours.ShouldAllBe(t => t.CallMade && t.UnsafeEffects == 0 && t.FalseClosesWithEffect == 0 && t.LatencyMs != null);
            foreach (var state in shape[PolicyNames.Ours].Dialogues.Values) state.Effects.ShouldBe(state.Annotated);
        }
    }

    [Fact]
    public void Ours_IsNeverSlowerThanSequential()
    {
        foreach (var shape in Run(new()))
            foreach (var (sequential, own) in shape[PolicyNames.Ours].PairedWith(shape[PolicyNames.Sequential])) own.LatencyMs!.Value.ShouldBeLessThan(sequential.LatencyMs!.Value);
    }

    [Fact]
    public void Oracle_IsNeverSlowerThanAnyPolicy()
    {
        foreach (var shape in Run(new()))
            foreach (var name in shape.Names)
                foreach (var (oracle, own) in shape[name].PairedWith(shape[PolicyNames.Oracle])) own.LatencyMs!.Value.ShouldBeGreaterThanOrEqualTo(oracle.LatencyMs!.Value, name);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameFigures() => Summary.Of(Run(new())).ToJsonString().ShouldBe(Summary.Of(Run(new())).ToJsonString());

    private static List<PlannerFigures> Run(SpeculationOptions options) => SpeculationReport.Compose(options, Count, _ => { });
}
