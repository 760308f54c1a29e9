using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class ResultTablesTests
{
    [Fact]
    public void Tables_OfARun_AreReadsWritesPlainTurnsAndSeveralServices()
    {
        var text = ResultTables.Of([Made.FourReads], 1);
        var lines = text.Split('\n');
        lines.Where(l => l.StartsWith("**", StringComparison.Ordinal)).ShouldBe(
            ["**Reads, gold**", "**Writes, gold**", "**Turns without tools, gold**", "**Turns with tools in dialogues of several services, gold**"]);

        // Dialogue a alone is 1500 to 500, dialogue b alone 3000 to 1000, both are 2000 to 500.
        Row(lines, "ours").ShouldBe(["ours", "3 of 4", "500", "950", "1333", "1000 to 2000", "-", "4.00x", "3.00 to 4.00", "-"]);
        Row(lines, "sequential").ShouldBe(["sequential", "4 of 4", "2500", "3850", "-", "-", "-", "-", "-", "-"]);
    }

    [Fact]
    public void Tables_OfSeveralServices_CountOnlyTheirTurnsWithTools()
    {
        var lines = ResultTables.Of([Made.Planner(
            Made.Read("ours", "a", 0, 100), Made.Read("ours", "b", 0, 300) with { Services = ["Trips", "Banks"] }, Made.Plain("ours", "b", 2, 700) with { Services = ["Trips", "Banks"] })], 1).Split('\n');
        Row(lines[Array.IndexOf(lines, "**Turns with tools in dialogues of several services, gold**")..], "ours")[1..3].ShouldBe(["1 of 1", "300"]);
    }

    private static string[] Row(string[] lines, string policy) =>
        [.. lines.First(l => l.StartsWith($"| {policy} ", StringComparison.Ordinal)).Split('|')[1..^1].Select(c => c.Trim())];
}
