using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class BootstrapTests
{
    private static double? Mean(double[] values, int[] weights) => values.Select((v, i) => v * weights[i]).Sum() / weights.Sum();

    [Fact]
    public void Interval_OfOneCluster_IsNone() => Bootstrap.Of(["a", "a"], w => 1, 1).ShouldBeNull();

    [Fact]
    public void Interval_OfTwoClusters_HoldsBothExtremes()
    {
        // Each of the two is drawn alone in a quarter of the resamples.
        double[] values = [0, 10];
        Bootstrap.Of(["a", "b"], w => Mean(values, w), 1).ShouldBe(new Interval(0, 10));
    }

    [Fact]
    public void Interval_OfManyEvenClusters_IsThatOfTheNormalDistribution()
    {
        // 400 clusters, half of them 1: the standard error is 0.5 / 20, the interval 0.5 -+ 1.96 times that.
        var values = Enumerable.Range(0, 400).Select(i => (double)(i % 2)).ToArray();
        var interval = Bootstrap.Of([.. values.Select((_, i) => $"{i}")], w => Mean(values, w), 3)!.Value;
        interval.From.ShouldBe(0.451, 0.006);
        interval.To.ShouldBe(0.549, 0.006);
    }

    [Fact]
    public void Interval_OfClusters_IsWiderThanThatOfRows()
    {
        var values = Enumerable.Range(0, 400).Select(i => (double)(i / 50 % 2)).ToArray();
        var clustered = Bootstrap.Of([.. values.Select((_, i) => $"{i / 50}")], w => Mean(values, w), 3)!.Value;
        (clustered.To - clustered.From).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void Interval_OfTheSameSeed_IsTheSame()
    {
        var values = Enumerable.Range(0, 30).Select(i => Math.Sqrt(i)).ToArray();
        Interval? Of(ulong seed) => Bootstrap.Of([.. values.Select((_, i) => $"{i}")], w => Mean(values, w), seed);
        Of(1).ShouldBe(Of(1));
        Of(2).ShouldNotBe(Of(1));
    }
}
