using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Page;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results.Page;

public sealed class BenchmarkPageTests
{
    private static readonly BenchmarkRun Main = new(RunRole.Main, "cloud", "Cloud", "bench speculation --profile cloud", Summary(3.6, 800, 0), "**Reads**\n");

    private static readonly BenchmarkRun Same = new(RunRole.SameEndpointing, "cloud", "Cloud, 700 ms", "bench speculation --close 700", Summary(1.9, 1500, 0));

    private static readonly BenchmarkRun Disfluent = new(RunRole.Disfluent, "cloud", "Cloud, disfluent", "bench speculation --disfluency 0.2", Summary(3.5, 880, 1));

    private static readonly BenchmarkRun NoHolds = new(RunRole.Ablation, "cloud", "holds before the yes", "bench speculation", Summary(3.6, 1100, 0));

    private static readonly BenchmarkRun Composed = new(RunRole.Composed, "edge", "composed tasks", "bench speculation --composed 7", Composing());

    private static readonly ClosePoint[] Closes = [new("parallel", 900, 0.2), new("parallel", 1200, 0.05), new("parallel", 1500, 0.01), new("ours", 600, 0.05), new("sia", 500, 0.3)];

    private static readonly string[] Page = BenchmarkPage.Of([Main, Same, Disfluent, NoHolds, Composed], [new("benchmarks/cdf.svg", "Latency of reads")], Closes, (3, 40), "On the wall\n").Split('\n');

    [Fact]
    public void Goals_Measured_SayWhetherTheyWereReached()
    {
        Row("reads: p50(sequential) / p50(ours)", "cloud").ShouldBe([">= 3.50x", "3.60x", "yes"]);
        Row("same endpointing, reads: p50(sequential) / p50(ours)", "cloud").ShouldBe([">= 2.00x", "1.90x", "**no**"]);
        Row("disfluent: dialogues worse than sequential", "cloud").ShouldBe(["<= 0", "1", "**no**"]);
        Row("disfluent: p50 of all turns with a tool, to fluent", "cloud").ShouldBe(["<= 1.05x", "1.10x", "**no**"], "880 to 800");
        Row("false closes", "cloud").ShouldBe(["<= 3.0 %", "2.0 %", "yes"]);
    }

    [Fact]
    public void Goals_WithoutTheirRun_SaySo()
    {
        Row("reads: p50(sequential) / p50(ours)", "edge").ShouldBe([">= 2.50x", "not run", "-"]);
        Row("writes: p50(sequential) / p50(ours)", "cloud").ShouldBe([">= 2.30x", "-", "-"], "the run has no writes");
    }

    [Fact]
    public void Headline_HasBothRowsThatBelongTogether()
    {
        Cells("| whole system ").ShouldBe(["whole system", "cloud", "gold (engine bound)", "2880", "800", "3.60x", "-", "-", "-", "-"]);
        Cells("| same endpointing | ").ShouldBe(["same endpointing", "cloud", "gold (engine bound)", "2850", "1500", "1.90x", "-", "-", "-", "-"]);
    }

    [Fact]
    public void Ablation_IsTheDifferenceToTheMainRun() =>
        Cells("| holds before the yes ").ShouldBe(["holds before the yes", "cloud", "gold (engine bound)", "+300", "-", "-", "0", "0", "-", "-", "0"]);

    [Fact]
    public void Composed_StandsBesideWhatThePaperReports()
    {
        Cells("| TinyAgent ").ShouldBe(["TinyAgent", "the paper (arXiv 2605.13360)", "cloud, real-time API", "sia", "-", "-", "1.7x", "-", "-", "-1.7 points"]);
        Cells("| look-ups ").ShouldBe(["look-ups", "composed tasks", "edge", "ours", "650", "900", "4.20x", "93.0 %", "1.0 %", "2 of 7"]);
        Page.ShouldContain("bench speculation --composed 7");
        Page.ShouldNotContain(line => line.Contains("look-ups", StringComparison.Ordinal) && line.Contains("p50(sequential)", StringComparison.Ordinal), "shapes of tasks are no planners");
    }

    [Fact]
    public void EqualCloses_TakesTheFastestSettingThatCutsOffNoMore()
    {
        Cells("| parallel ").ShouldBe(["parallel", "5.0 %", "1200", "2.00x"]);
        Cells("| sia ").ShouldBe(["sia", "-", "-", "-"], "no setting cuts off as few");
    }

    [Fact]
    public void Page_HasRunsPlotsAndNoMarkLeft()
    {
        Page.ShouldContain("bench speculation --profile cloud");
        Page.ShouldContain("**Reads**");
        Page.ShouldContain("On the wall");
        Page.ShouldContain("![Latency of reads](benchmarks/cdf.svg)");
        Page.ShouldNotContain("### holds before the yes");
        Page.ShouldContain(line => line.StartsWith("3 of 40 reads", StringComparison.Ordinal));
        string.Join('\n', Page).ShouldNotContain("{{");
    }

    private static string[] Cells(string start) => [.. Page.First(l => l.StartsWith(start, StringComparison.Ordinal)).Split('|')[1..^1].Select(c => c.Trim())];

    /// <summary>Goal, measured and reached of the row.</summary>
    private static string[] Row(string measure, string profile) =>
        [.. Page.Select(l => l.Split('|').Select(c => c.Trim()).ToArray()).First(c => c.Length == 9 && c[1] == measure && c[2] == profile)[5..8]];

    private static JsonObject Summary(double faster, double p50, int worse) => new()
    {
        ["gold"] = new JsonObject
        {
            ["sequential"] = new JsonObject { ["reads"] = new JsonObject { ["p50_ms"] = faster * p50 } },
            ["ours"] = new JsonObject
            {
                ["reads"] = new JsonObject { ["p50_ms"] = p50, ["speedup_p50"] = faster },
                ["writes"] = new JsonObject { ["p50_ms"] = null },
                ["all"] = new JsonObject { ["p50_ms"] = p50 },
                ["oracle_share"] = 0.9,
                ["false_closes"] = 0.02,
                ["state_worse_than_sequential"] = worse,
            },
        },
    };

    private static JsonObject Composing() => new()
    {
        ["look-ups"] = new JsonObject
        {
            ["ours"] = new JsonObject
            {
                ["all"] = new JsonObject { ["p50_ms"] = 650.0, ["p95_ms"] = 900.0, ["speedup_p50"] = 4.2 },
                ["oracle_share"] = 0.93,
                ["waste"] = 0.01,
                ["state_worse_than_annotation"] = 2,
                ["dialogues"] = 7,
            },
        },
    };
}
