using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>The sample on the wall clock in Markdown.</summary>
public static class WallTables
{
    /// <summary>What a folder's <see cref="WallSample.File"/> tells; a sentence where there is none.</summary>
    public static string Read(string folder)
    {
        var file = Path.Combine(folder, WallSample.File);
        return File.Exists(file) ? Of(JsonNode.Parse(File.ReadAllText(file))!.AsObject()) : "Not run.\n";
    }

    /// <summary>Two tables with the sentence that says how they were made.</summary>
    public static string Of(JsonObject run)
    {
        var table = new MarkdownTable(3, "planner", "policy", "turns", "number", "wall p50 ms", "virtual", "wall / virtual", "wall p95 ms", "virtual", "wall - virtual, p50 ms", "p95", "largest", "answered on one clock only");
        var faster = new MarkdownTable(2, "planner", "turns", "sequential p50 / ours p50, wall", "virtual");
        foreach (var (planner, policies) in (JsonObject)run["planners"]!)
        {
            foreach (var (policy, groups) in (JsonObject)policies!)
                foreach (var (group, node) in (JsonObject)groups!)
                    Add(table, planner, policy, group, (JsonObject)node!);
            foreach (var group in (string[])["reads", "writes", "all"])
                faster.Add(BenchmarkPage.Label(planner), group, Cells.Times(Faster((JsonObject)policies!, group, "wall_ms")), Cells.Times(Faster((JsonObject)policies!, group, "virtual_ms")));
        }

        var model = run["model"]!.GetValue<string>() == "endpoint" ? "the model that the settings name" : $"the *{run["profile"]}* model's times";
        return $"{run["dialogues"]} dialogues, {run["at_once"]} calls at once, {model}, {run["cores"]} cores, load average {run["load_before"]} before and {run["load_after"]} after.\n\n{table}\n{faster}";
    }

    private static void Add(MarkdownTable table, string planner, string policy, string group, JsonObject figures)
    {
        var (wall, virtually) = (Goals.Number(figures, "wall_ms", "p50"), Goals.Number(figures, "virtual_ms", "p50"));
        table.Add(
            BenchmarkPage.Label(planner), policy, group, Cells.Count(Goals.Number(figures, "turns")), Cells.Ms(wall), Cells.Ms(virtually), Cells.Times(Rounding.Ratio(wall, virtually)),
            Cells.Ms(Goals.Number(figures, "wall_ms", "p95")), Cells.Ms(Goals.Number(figures, "virtual_ms", "p95")), Difference("p50"), Difference("p95"), Difference("max"),
            Cells.Count(Goals.Number(figures, "virtual_only") + Goals.Number(figures, "wall_only")));

        string Difference(string of) => Goals.Number(figures, "difference_ms", of) is { } ms ? ms.ToString("0.0") : Cells.None;
    }

    private static double? Faster(JsonObject policies, string group, string clock) =>
        Rounding.Ratio(Goals.Number((JsonObject)policies[PolicyNames.Sequential]!, group, clock, "p50"), Goals.Number((JsonObject)policies[PolicyNames.Ours]!, group, clock, "p50"));
}
