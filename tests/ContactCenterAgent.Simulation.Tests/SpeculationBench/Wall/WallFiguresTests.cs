using ContactCenterAgent.Simulation.SpeculationBench.Wall;
using ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Wall;

public sealed class WallFiguresTests
{
    [Fact]
    public void Turns_AreComparedOneByOne_AndThoseOfOneClockAreCounted()
    {
        var figures = WallFigures.Of(
            [new("gold", Made.Read("ours", "a", 0, 100)), new("gold", Made.Read("ours", "a", 2, 200)), new("gold", Made.Write("ours", "a", 4, 300)), new("gold", Made.Write("ours", "b", 0, null))],
            [new("gold", Made.Read("ours", "a", 0, 110)), new("gold", Made.Read("ours", "a", 2, null)), new("gold", Made.Write("ours", "a", 4, 290)), new("gold", Made.Write("ours", "b", 0, 1))]);

        var ours = figures["gold"]!["ours"]!;
        (ours["reads"]!["turns"]!.GetValue<int>(), ours["reads"]!["virtual_only"]!.GetValue<int>()).ShouldBe((1, 1));
        (ours["writes"]!["turns"]!.GetValue<int>(), ours["writes"]!["wall_only"]!.GetValue<int>()).ShouldBe((1, 1));
        ours["all"]!["wall_ms"]!["p50"]!.GetValue<double>().ShouldBe(200);
        ours["all"]!["difference_ms"]!["max"]!.GetValue<double>().ShouldBe(10);
        ours["writes"]!["difference_ms"]!["p50"]!.GetValue<double>().ShouldBe(-10);
    }
}
