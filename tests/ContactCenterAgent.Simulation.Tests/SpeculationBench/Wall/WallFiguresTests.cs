using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Wall;

public sealed class WallFiguresTests
{
    [Fact]
    public void Turns_AreComparedOneByOne_AndThoseOfOneClockAreCounted()
    {
        var figures = WallFigures.Of(
            [Turn("a", 0, false, 100), Turn("a", 2, false, 200), Turn("a", 4, true, 300), Turn("b", 0, true, null)],
            [Turn("a", 0, false, 110), Turn("a", 2, false, null), Turn("a", 4, true, 290), Turn("b", 0, true, 1)]);

        var ours = figures["gold"]!["ours"]!;
        (ours["reads"]!["turns"]!.GetValue<int>(), ours["reads"]!["virtual_only"]!.GetValue<int>()).ShouldBe((1, 1));
        (ours["writes"]!["turns"]!.GetValue<int>(), ours["writes"]!["wall_only"]!.GetValue<int>()).ShouldBe((1, 1));
        ours["all"]!["wall_ms"]!["p50"]!.GetValue<double>().ShouldBe(200);
        ours["all"]!["difference_ms"]!["max"]!.GetValue<double>().ShouldBe(10);
        ours["writes"]!["difference_ms"]!["p50"]!.GetValue<double>().ShouldBe(-10);
    }

    private static WallTurn Turn(string call, int turn, bool isWrite, double? latency) => new("gold", "ours", call, turn, isWrite, latency);
}
