using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

/// <summary>Tasks of several calls beside what the paper reports for its own.</summary>
internal static class ComposedTable
{
    private const string Paper = "the paper (arXiv 2605.13360)";

    // As the paper's abstract and tables give them: its models, its texts, its machines.
    private static readonly (string Tasks, string Model, string Faster, string Worse)[] Reported =
    [
        ("HotpotQA", "cloud, real-time API", "1.3x", "-0.6 points"),
        ("TinyAgent", "cloud, real-time API", "1.7x", "-1.7 points"),
        ("several tool-calling sets", "3B models, trained", "1.6-2.2x", "-1 to -3 points"),
    ];

    /// <summary>A row for each figure of the paper, and for each policy in each composed run.</summary>
    public static MarkdownTable Of(IEnumerable<BenchmarkRun> runs)
    {
        var table = new MarkdownTable(4, "tasks", "who", "model", "policy", "p50 ms", "p95 ms", "faster", "of the oracle", "calls wasted", "wrong at the end");
        foreach (var (tasks, model, faster, worse) in Reported) table.Add(tasks, Paper, model, "sia", Cells.None, Cells.None, faster, Cells.None, Cells.None, worse);
        foreach (var run in runs.Where(r => r.Role == RunRole.Composed))
            foreach (var (shape, policies) in run.Summary)
                foreach (var (name, node) in (JsonObject)policies!)
                {
                    var policy = (JsonObject)node!;
                    table.Add(
                        shape, run.Title, run.Profile, name, Cells.Ms(Goals.Number(policy, "all", "p50_ms")), Cells.Ms(Goals.Number(policy, "all", "p95_ms")),
                        Cells.Times(Goals.Number(policy, "all", "speedup_p50")), Cells.Percent(Goals.Number(policy, "oracle_share")), Cells.Percent(Goals.Number(policy, "waste")),
                        $"{Cells.Count(Goals.Number(policy, "state_worse_than_annotation"))} of {Cells.Count(Goals.Number(policy, "dialogues"))}");
                }

        return table;
    }
}
