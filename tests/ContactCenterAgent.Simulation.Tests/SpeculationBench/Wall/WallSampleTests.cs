using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Wall;

public sealed class WallSampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-wall-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Dialogues_OnTheWallClock_AnswerTheSameTurnsAsOnVirtualTime()
    {
        var share = 0.0;
        var run = await WallSample.RunAsync(Sample.Options, 3, null, _folder, done => share = Math.Max(share, done));

        share.ShouldBe(1);
        foreach (var policy in (string[])["ours", "sequential"])
        {
            var all = run["planners"]!["gold"]![policy]!["all"]!;
            (all["turns"]!.GetValue<int>(), all["virtual_only"]!.GetValue<int>(), all["wall_only"]!.GetValue<int>()).ShouldBe((5, 0, 0), policy);
        }

        WallTables.Read(_folder).ShouldContain("3 dialogues, 6 calls at once, the *cloud* model's times, ");
    }

    [Fact]
    public void Page_WithoutARun_SaysSo() => WallTables.Read(_folder).Split('\n').Count(l => l == "Not run.").ShouldBe(2);

    [Fact]
    public void Tables_AreMadeOfTheFile()
    {
        var group = new JsonObject
        {
            ["turns"] = 2,
            ["virtual_only"] = 1,
            ["wall_only"] = 0,
            ["wall_ms"] = new JsonObject { ["p50"] = 550.0, ["p95"] = 1000.0, ["max"] = 1000.0 },
            ["virtual_ms"] = new JsonObject { ["p50"] = 500.0, ["p95"] = 900.0, ["max"] = 900.0 },
            ["difference_ms"] = new JsonObject { ["p50"] = 7.25, ["p95"] = 100.0, ["max"] = 100.0 },
        };
        var policies = new JsonObject { ["ours"] = Groups(group), ["sequential"] = Groups(Slower(group)) };
        var run = new JsonObject { ["about"] = "One dialogue.", ["planners"] = new JsonObject { ["gold"] = policies } };

        var lines = WallTables.Of(run).Split('\n');

        lines[0].ShouldBe("One dialogue.");
        Cells(lines, "| gold (engine bound) | ours ").ShouldBe(["gold (engine bound)", "ours", "all", "2", "550", "500", "1.10x", "1000", "900", "7.3", "100.0", "100.0", "1"]);
        lines.ShouldContain(l => l.Contains("4.00x") && l.Contains("4.40x"));
    }

    private static JsonObject Groups(JsonObject all) => new() { ["reads"] = all.DeepClone(), ["writes"] = all.DeepClone(), ["all"] = all.DeepClone() };

    private static JsonObject Slower(JsonObject group)
    {
        var slower = group.DeepClone().AsObject();
        slower["wall_ms"]!["p50"] = 2200.0;
        slower["virtual_ms"]!["p50"] = 2200.0;
        return slower;
    }

    private static string[] Cells(string[] lines, string start) => [.. lines.Last(l => l.StartsWith(start, StringComparison.Ordinal)).Split('|')[1..^1].Select(c => c.Trim())];
}
