using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

/// <summary>The goals that this benchmark can speak to, and what was reached.</summary>
internal static class Goals
{
    private const string Cloud = "cloud", Edge = "edge", Embedded = "embedded";

    /// <summary>A goal. Its figure comes from our policy in the run of a role under the goal's profile, and from the main run where two are compared.</summary>
    private sealed record Goal(
        string Measure, string ToBeat, RunRole Role, string Profile, bool AtLeast, double Limit, Func<double?, string> Format, Func<JsonObject, JsonObject?, double?> Figure);

    private static readonly ImmutableArray<Goal> All =
    [
        new("reads: p50(sequential) / p50(ours)", "1.3-1.7x (paper)", RunRole.Main, Cloud, true, 3.5, Cells.Times, (o, _) => Number(o, "reads", "speedup_p50")),
        new("reads: p50(sequential) / p50(ours)", "1.6-2.2x (paper)", RunRole.Main, Edge, true, 2.5, Cells.Times, (o, _) => Number(o, "reads", "speedup_p50")),
        new("writes: p50(sequential) / p50(ours)", Cells.None, RunRole.Main, Cloud, true, 2.3, Cells.Times, (o, _) => Number(o, "writes", "speedup_p50")),
        new("writes: p50(sequential) / p50(ours)", Cells.None, RunRole.Main, Edge, true, 1.7, Cells.Times, (o, _) => Number(o, "writes", "speedup_p50")),
        new("all turns with a tool, p10 of the ratio", Cells.None, RunRole.Main, Cloud, true, 2, Cells.Times, (o, _) => Number(o, "all", "p10")),
        new("all turns with a tool, p10 of the ratio", Cells.None, RunRole.Main, Edge, true, 1.5, Cells.Times, (o, _) => Number(o, "all", "p10")),
        new("share of the oracle's saving", Cells.None, RunRole.Main, Cloud, true, 0.9, Cells.Percent, (o, _) => Number(o, "oracle_share")),
        new("share of the oracle's saving", Cells.None, RunRole.Main, Edge, true, 0.9, Cells.Percent, (o, _) => Number(o, "oracle_share")),
        new("same endpointing, reads: p50(sequential) / p50(ours)", Cells.None, RunRole.SameEndpointing, Cloud, true, 2, Cells.Times, (o, _) => Number(o, "reads", "speedup_p50")),
        new("same endpointing, reads: p50(sequential) / p50(ours)", Cells.None, RunRole.SameEndpointing, Edge, true, 1.6, Cells.Times, (o, _) => Number(o, "reads", "speedup_p50")),
        .. Safety(RunRole.Main, "", "-0.6 to -3 points (paper)"),
        .. Safety(RunRole.Disfluent, "disfluent: ", "-4 to -8 points (paper)"),
        new("disfluent: p50 of all turns with a tool, to fluent", "slower (paper)", RunRole.Disfluent, Cloud, false, 1.05, Cells.Times,
            (o, main) => Rounding.Ratio(Number(o, "all", "p50_ms"), Number(main, "all", "p50_ms"))),
        new("false closes", "4.5-13 % (vendors' models)", RunRole.Main, Cloud, false, 0.03, Cells.Percent, (o, _) => Number(o, "false_closes")),
        new("calls beyond sequential's (waste)", "50-70 % more model calls (Flux)", RunRole.Main, Cloud, false, 0.25, Cells.Percent, (o, _) => Number(o, "waste")),
        new("reads done before the floor, where the oracle could", "56.9 % (SHANKS)", RunRole.Main, Cloud, true, 0.8, Cells.Percent, (o, _) => Number(o, "reads_before_floor")),
        new("answers taken back, to turns", Cells.None, RunRole.Main, Cloud, false, 0.005, Cells.Percent, (o, _) => Rounding.Ratio(Number(o, "retractions"), Number(o, "turns"))),
        new("time to first audio, p50 ms", "640 ms (a GPU phone agent)", RunRole.Main, Embedded, false, 150, Cells.Ms, (o, _) => Number(o, "time_to_first_audio", "p50_ms")),
        new("time to first audio, p95 ms", Cells.None, RunRole.Main, Embedded, false, 800, Cells.Ms, (o, _) => Number(o, "time_to_first_audio", "p95_ms")),
    ];

    /// <summary>A row a goal and planner; a goal whose run is missing says "not run".</summary>
    public static MarkdownTable Table(IReadOnlyCollection<BenchmarkRun> runs)
    {
        var table = new MarkdownTable(4, "measure", "profile", "planner", "to beat", "goal", "measured", "reached");
        var planners = runs.Where(r => r.Role is not (RunRole.Composed or RunRole.Other)).SelectMany(r => r.Summary.Select(p => p.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        foreach (var goal in All)
            foreach (var planner in planners)
            {
                var (found, measured) = Measure(goal, planner, runs);
                table.Add(
                    goal.Measure, goal.Profile, BenchmarkPage.Label(planner), goal.ToBeat, (goal.AtLeast ? ">= " : "<= ") + goal.Format(goal.Limit),
                    found ? goal.Format(measured) : "not run", Verdict(goal, measured));
            }

        return table;
    }

    private static string Verdict(Goal goal, double? measured) =>
        measured is not { } value ? Cells.None : (goal.AtLeast ? value >= goal.Limit : value <= goal.Limit) ? "yes" : "**no**";

    private static (bool Found, double? Measured) Measure(Goal goal, string planner, IReadOnlyCollection<BenchmarkRun> runs)
    {
        var own = Ours(goal.Role);
        return own is null ? (false, null) : (true, goal.Figure(own, Ours(RunRole.Main)));

        JsonObject? Ours(RunRole role) => runs.FirstOrDefault(r => r.Role == role && r.Profile == goal.Profile)?.Summary[planner]?[PolicyNames.Ours] as JsonObject;
    }

    private static IEnumerable<Goal> Safety(RunRole role, string prefix, string toBeat) =>
    [
        new(prefix + "dialogues worse than sequential", toBeat, role, Cloud, false, 0, Cells.Count, (o, _) => Number(o, "state_worse_than_sequential")),
        new(prefix + "dialogues worse than the annotation where sequential is not", toBeat, role, Cloud, false, 0, Cells.Count, (o, _) => Number(o, "state_worse_through_speculation")),
        new(prefix + "turns with an effect before the caller had ended", Cells.None, role, Cloud, false, 0, Cells.Count, (o, _) => Number(o, "false_close_with_effect")),
        new(prefix + "unsafe effects", Cells.None, role, Cloud, false, 0, Cells.Count, (o, _) => Number(o, "unsafe")),
    ];

    /// <summary>A figure of a summary; null where it is absent or empty. Counts are whole numbers as long as a summary has not been read from a file.</summary>
    internal static double? Number(JsonObject? json, params ReadOnlySpan<string> path)
    {
        JsonNode? node = json;
        foreach (var name in path) node = node?[name];
        return node is JsonValue value ? value.TryGetValue(out double figure) ? figure : value.GetValue<int>() : null;
    }
}
