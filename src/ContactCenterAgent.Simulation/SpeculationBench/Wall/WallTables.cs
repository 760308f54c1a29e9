using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>The sample on the wall clock in Markdown.</summary>
public static class WallTables
{
    /// <summary>The file that <see cref="WallSample"/> leaves, and that the benchmark's page is made from.</summary>
    public const string File = "wall.json";

    /// <summary>The file that calls through the running host leave.</summary>
    public const string HostFile = "host.json";

    /// <summary>What a folder's files tell; a sentence where one is not there.</summary>
    public static string Read(string folder) => $"""
        {Table(Path.Combine(folder, File))}
        ### Through the running host

        {HostText}

        {Table(Path.Combine(folder, HostFile))}
        """;

    private const string HostText =
        "`serve` in a process of its own, with its store on disk and, as its only tools, the CRM of [`samples/crm-settings.json`](samples/crm-settings.json) behind REST; callers on its typed line who type at 165 words a minute and measure "
        + "the wait on their own clock, from the last word to the message in which the answer begins. Beside it the same calls on virtual time in one process, without network and disk. There is no model; a read-back counts as a read. "
        + "`bench host --out docs/benchmarks`";

    private static string Table(string file) => System.IO.File.Exists(file) ? Of(JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject()) : "Not run.\n";

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

        return $"{run["about"]}\n\n{table}\n{faster}";
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
