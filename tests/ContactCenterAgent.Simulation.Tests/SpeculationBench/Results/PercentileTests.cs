using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class PercentileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.95, 3.85)]
    [InlineData(1, 4)]
    public void Percentile_BetweenRanks_IsOnTheLine(double share, double expected) => Percentile.Of([4, 1, 3, 2], share)!.Value.ShouldBe(expected, 1e-9);

    [Fact]
    public void Percentile_OfNothing_IsNone() => Percentile.Of([], 0.5).ShouldBeNull();

    [Theory]
    [InlineData(new[] { 1, 0, 3 }, 0.5)]
    [InlineData(new[] { 2, 0, 2 }, 0.5)]
    [InlineData(new[] { 0, 2, 0 }, 0.9)]
    [InlineData(new[] { 1, 1, 0 }, 0.1)]
    public void Percentile_OfWeightedValues_IsThatOfTheValuesRepeated(int[] weights, double share)
    {
        double[] values = [10, 20, 50];
        var repeated = values.SelectMany((v, i) => Enumerable.Repeat(v, weights[i]));
        Percentile.Of([.. values], i => weights[i], weights.Sum(), share).ShouldBe(Percentile.Of(repeated, share));
    }
}
