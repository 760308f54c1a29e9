using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void Difference_OfPairs_IsTheMeanSavingAndTheRatioOfMedians()
    {
        var difference = PairedDifference.Of([.. Made.FourReads["ours"].PairedWith(Made.FourReads["sequential"])], 1)!;
        difference.Turns.ShouldBe(3);
        difference.Saved.Value!.Value.ShouldBe((500 + 1500 + 2000) / 3.0, 1e-9);
        difference.Faster.Value.ShouldBe(4);

        // Dialogue a saves 1000 a turn on average, dialogue b 2000: no resample lies outside.
        difference.Saved.OverDialogues.ShouldBe(new Interval(1000, 2000));
        difference.Saved.OverServices.ShouldBeNull("there is one service");
    }

    [Fact]
    public void Difference_OverServices_DrawsTheServicesOfTheCalls()
    {
        var figures = Made.Planner(
            Made.Read("sequential", "a", 0, 1000), Made.Read("sequential", "a", 2, 1000) with { Call = "Banks.Pay" },
            Made.Read("ours", "a", 0, 900), Made.Read("ours", "a", 2, 200) with { Call = "Banks.Pay" });
        var difference = PairedDifference.Of([.. figures["ours"].PairedWith(figures["sequential"])], 1)!;
        difference.Saved.OverServices.ShouldBe(new Interval(100, 800));
        difference.Saved.OverDialogues.ShouldBeNull("there is one dialogue");
    }

    [Fact]
    public void Difference_OfNoPairs_IsNone() => PairedDifference.Of([], 1).ShouldBeNull();
}
