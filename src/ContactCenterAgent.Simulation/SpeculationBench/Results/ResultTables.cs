using System.Collections.Immutable;
using System.Text;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>The tables of a run: reads, writes, turns without tools and dialogues of several services, policy by policy against sequential.</summary>
internal static class ResultTables
{
    private static readonly ImmutableArray<(string Title, Func<TurnFigure, bool> Counts)> Groups =
    [
        ("Reads", t => t.Kind == TurnKind.Read),
        ("Writes", t => t.Kind == TurnKind.Write),
        ("Turns without tools", t => t.Kind == TurnKind.None),
        ("Turns with tools in dialogues of several services", t => t.Kind != TurnKind.None && t.Services.Length > 1),
    ];

    /// <summary>Markdown. Intervals are 95 %, over dialogues and over services.</summary>
    public static string Of(IEnumerable<PlannerFigures> planners, ulong seed)
    {
        var text = new StringBuilder();
        foreach (var planner in planners)
            foreach (var (title, counts) in Groups)
            {
                if (text.Length > 0) text.Append('\n');
                text.Append($"**{title}, {planner.Planner}**\n\n").Append(Group(planner, counts, seed));
            }

        return text.ToString();
    }

    private static MarkdownTable Group(PlannerFigures planner, Func<TurnFigure, bool> counts, ulong seed)
    {
        var table = new MarkdownTable(
            1, "policy", "answered", "p50 ms", "p95 ms", "saved ms, mean", "over dialogues", "over services", "p50 faster by", "over dialogues", "over services");
        foreach (var name in planner.Names)
        {
            var own = planner[name];
            var turns = own.Turns.Where(counts).ToList();
            var answered = turns.Where(t => t.LatencyMs is not null).Select(t => t.LatencyMs!.Value).ToList();
            var paired = name == PolicyNames.Sequential ? null : PairedDifference.Of([.. own.PairedWith(planner[PolicyNames.Sequential]).Where(p => counts(p.Own))], seed);
            table.Add(
                name, $"{answered.Count} of {turns.Count}", Cells.Ms(Percentile.Of(answered, 0.5)), Cells.Ms(Percentile.Of(answered, 0.95)),
                Cells.Ms(paired?.Saved.Value), Cells.Interval(paired?.Saved.OverDialogues, "0"), Cells.Interval(paired?.Saved.OverServices, "0"),
                Cells.Times(paired?.Faster.Value), Cells.Interval(paired?.Faster.OverDialogues, "0.00"), Cells.Interval(paired?.Faster.OverServices, "0.00"));
        }

        return table;
    }
}

/// <summary>Figures as table cells; a dash where there is none.</summary>
internal static class Cells
{
    public const string None = "-";

    public static string Ms(double? value) => value?.ToString("0") ?? None;

    public static string Times(double? value) => value is { } v ? v.ToString("0.00") + "x" : None;

    public static string Percent(double? value) => value is { } v ? (v * 100).ToString("0.0") + " %" : None;

    public static string Count(double? value) => value?.ToString("0") ?? None;

    public static string Interval(Interval? interval, string format) =>
        interval is { } i ? $"{i.From.ToString(format)} to {i.To.ToString(format)}" : None;
}
