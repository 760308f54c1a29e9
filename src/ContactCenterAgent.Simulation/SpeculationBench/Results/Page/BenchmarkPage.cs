using System.Text;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

/// <summary>
/// Writes <c>docs/benchmarks.md</c>: the text is the embedded template's, every figure comes from the runs. Lines of the template that are
/// <c>{{headline}}</c>, <c>{{goals}}</c>, <c>{{runs}}</c>, <c>{{composed}}</c>, <c>{{closes}}</c>, <c>{{runway}}</c>, <c>{{ablations}}</c>, <c>{{wall}}</c> and <c>{{plots}}</c> are replaced.
/// </summary>
internal static class BenchmarkPage
{
    /// <param name="runs">In the order of the page.</param>
    /// <param name="plots">Beside it.</param>
    /// <param name="closes">Latency and false closes under every silence that may close a turn.</param>
    /// <param name="runway">Reads whose arguments were all known before the caller's turn began, and all reads.</param>
    /// <param name="wall">What the wall clock says, in Markdown.</param>
    public static string Of(IReadOnlyCollection<BenchmarkRun> runs, IEnumerable<BenchmarkPlot> plots, IReadOnlyCollection<ClosePoint> closes, (int Early, int All) runway, string wall)
    {
        using var reader = new StreamReader(typeof(BenchmarkPage).Assembly.GetManifestResourceStream("SpeculationBench/benchmarks.md")!);
        return reader.ReadToEnd()
            .Replace("{{headline}}\n", Headline(runs).ToString(), StringComparison.Ordinal)
            .Replace("{{goals}}\n", Goals.Table(runs).ToString(), StringComparison.Ordinal)
            .Replace("{{runs}}\n", Runs(runs), StringComparison.Ordinal)
            .Replace("{{composed}}\n", Composed(runs), StringComparison.Ordinal)
            .Replace("{{closes}}\n", EqualCloses.Of(closes).ToString(), StringComparison.Ordinal)
            .Replace("{{runway}}", $"{runway.Early} of {runway.All}", StringComparison.Ordinal)
            .Replace("{{ablations}}\n", Ablations(runs), StringComparison.Ordinal)
            .Replace("{{wall}}\n", wall, StringComparison.Ordinal)
            .Replace("{{plots}}\n", string.Join('\n', plots.Select(p => $"![{p.Says}]({p.File})\n")), StringComparison.Ordinal);
    }

    /// <summary>The gold planner reads annotations: its rows say what the engine can do, not what the product does.</summary>
    internal static string Label(string planner) => planner switch
    {
        "gold" => "gold (engine bound)",
        "verified" => "embedded drafts, gold verifies",
        _ => planner,
    };

    /// <summary>The two rows that belong together: the whole system, and the same with everyone's endpointing alike.</summary>
    internal static MarkdownTable Headline(IEnumerable<BenchmarkRun> runs)
    {
        var table = new MarkdownTable(
            3, "run", "profile", "planner", "reads, sequential p50 ms", "ours p50 ms", "faster", "an oracle",
            "writes, sequential p50 ms", "ours p50 ms", "faster");
        foreach (var run in runs.Where(r => r.Role is RunRole.Main or RunRole.SameEndpointing))
            foreach (var (planner, policies) in run.Summary)
            {
                var (before, after, oracle) = (policies?[PolicyNames.Sequential] as JsonObject, policies?[PolicyNames.Ours] as JsonObject, policies?[PolicyNames.Oracle] as JsonObject);
                table.Add(
                    run.Role == RunRole.Main ? "whole system" : "same endpointing", run.Profile, Label(planner),
                    Ms(before, "reads"), Ms(after, "reads"), Times(after, "reads"), Times(oracle, "reads"), Ms(before, "writes"), Ms(after, "writes"), Times(after, "writes"));
            }

        return table;
    }

    private static string Runs(IEnumerable<BenchmarkRun> runs)
    {
        var text = new StringBuilder();
        foreach (var run in runs.Where(r => r.Role is not (RunRole.Ablation or RunRole.Composed)))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append($"### {run.Title}\n\n```sh\n{run.Command}\n```\n");
            foreach (var (planner, policies) in run.Summary) text.Append($"\n{Label(planner)}\n\n").Append(Policy((JsonObject)policies!));
            if (run.Tables.Length > 0) text.Append('\n').Append(run.Tables);
        }

        return text.ToString();
    }

    private static string Composed(IReadOnlyCollection<BenchmarkRun> runs)
    {
        var commands = runs.Where(r => r.Role == RunRole.Composed).Select(r => r.Command + "\n");
        return $"```sh\n{string.Concat(commands)}```\n\n{ComposedTable.Of(runs)}";
    }

    private static MarkdownTable Policy(JsonObject policies)
    {
        var table = new MarkdownTable(
            1, "policy", "reads p50", "p95", "faster", "writes p50", "p95", "faster", "all p10", "of the oracle", "before floor",
            "false closes", "waste", "model calls", "unsafe", "worse than seq.", "than annot.");
        foreach (var (name, node) in policies)
        {
            var p = (JsonObject)node!;
            table.Add(
                name, Ms(p, "reads"), Ms(p, "reads", "p95_ms"), Times(p, "reads"), Ms(p, "writes"), Ms(p, "writes", "p95_ms"), Times(p, "writes"),
                Cells.Times(Goals.Number(p, "all", "p10")), Percent(p, "oracle_share"), Percent(p, "reads_before_floor"), Percent(p, "false_closes"), Percent(p, "waste"),
                Count(p, "model_calls"), Count(p, "unsafe"), Count(p, "state_worse_than_sequential"), Count(p, "state_worse_than_annotation"));
        }

        return table;
    }

    /// <summary>Each ablation against our policy in the main run of its profile; policies of a main run that begin with ours are ablations too.</summary>
    private static string Ablations(IReadOnlyCollection<BenchmarkRun> runs)
    {
        var table = new MarkdownTable(
            3, "off or changed", "profile", "planner", "reads p50, ms more", "p99, ms more", "writes p50, ms more", "of the oracle, points", "false closes, points",
            "waste, points", "back end, s more", "worse than seq.");
        foreach (var run in runs.Where(r => r.Role is RunRole.Ablation or RunRole.Main))
            foreach (var (planner, policies) in run.Summary)
            {
                var main = runs.FirstOrDefault(r => r.Role == RunRole.Main && r.Profile == run.Profile)?.Summary[planner]?[PolicyNames.Ours] as JsonObject;
                foreach (var (name, own) in (JsonObject)policies!)
                    if (main is not null && IsAblated(run, name))
                        Add(run.Role == RunRole.Ablation ? run.Title : name[PolicyNames.Ours.Length..].Trim(), run.Profile, planner, (JsonObject)own!, main);
            }

        return table.ToString();

        static bool IsAblated(BenchmarkRun run, string policy) =>
            run.Role == RunRole.Ablation ? policy == PolicyNames.Ours : policy != PolicyNames.Ours && policy.StartsWith(PolicyNames.Ours, StringComparison.Ordinal);

        void Add(string what, string profile, string planner, JsonObject own, JsonObject main)
        {
            table.Add(
                what, profile, Label(planner), More("0", 1, "reads", "p50_ms"), More("0", 1, "reads_p99_ms"), More("0", 1, "writes", "p50_ms"), More("0.0", 100, "oracle_share"),
                More("0.0", 100, "false_closes"), More("0.0", 100, "waste"), More("0", 1, "backend_seconds"), Count(own, "state_worse_than_sequential"));

            string More(string format, double times, params ReadOnlySpan<string> path) =>
                Goals.Number(own, path) - Goals.Number(main, path) is { } more ? (more * times).ToString($"+{format};-{format};0") : Cells.None;
        }
    }

    private static string Ms(JsonObject? policy, string group, string figure = "p50_ms") => Cells.Ms(Goals.Number(policy, group, figure));

    private static string Times(JsonObject? policy, string group) => Cells.Times(Goals.Number(policy, group, "speedup_p50"));

    private static string Percent(JsonObject policy, string figure) => Cells.Percent(Goals.Number(policy, figure));

    private static string Count(JsonObject policy, string figure) => Cells.Count(Goals.Number(policy, figure));
}
