using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>What each policy did when in one turn: a bar a line, time from left to right, the end of the caller's speech as a dashed line.</summary>
internal static class Waterfall
{
    private const int Width = 880, Top = 44, Bottom = 52, Line = 18, Right = 24, LeastBar = 2;

    /// <param name="title">Over the plot.</param>
    /// <param name="turns">The same turn of each policy.</param>
    public static string Of(string title, IEnumerable<TurnFigure> turns)
    {
        var byPolicy = turns.Where(t => !t.Bars.IsEmpty).ToDictionary(t => t.Policy, t => t.Bars.OrderBy(b => b.FromMs).ThenBy(b => b.ToMs).ToImmutableArray(), StringComparer.Ordinal);
        var bars = byPolicy.Values.SelectMany(b => b).ToList();
        var scale = Scale.Over(bars.Select(b => b.FromMs).Append(0).Min(), bars.Select(b => b.ToMs).Append(1).Max(), 8);
        var left = 24 + bars.Select(b => b.What).Concat(byPolicy.Keys).Select(Svg.WidthOf).DefaultIfEmpty(0).Max();
        var foot = Top + ((bars.Count + byPolicy.Count) * Line) + 8;
        var svg = new Svg(Width, foot + Bottom);
        svg.Text(16, 24, title, style: "title");
        foreach (var tick in scale.Ticks())
        {
            svg.Line(X(tick), Top, X(tick), foot, "grid");
            svg.Text(X(tick), foot + 18, tick.ToString("0.###"), "middle");
        }

        svg.Line(X(0), Top, X(0), foot, "zero");
        svg.Line(left, foot, Width - Right, foot, "axis");
        svg.Text((left + Width - Right) / 2, foot + 40, "milliseconds since the end of the caller's speech", "middle");
        double y = Top;
        foreach (var policy in PlannerFigures.Order(byPolicy.Keys))
        {
            svg.Text(16, y + 14, policy, style: "head");
            y += Line;
            foreach (var bar in byPolicy[policy])
            {
                svg.Text(left - 8, y + 13, bar.What, "end");
                svg.Bar(X(bar.FromMs), y + 3, Math.Max(LeastBar, X(bar.ToMs) - X(bar.FromMs)), Line - 6, Math.Max(0, PlannerFigures.Place(policy)));
                y += Line;
            }
        }

        return svg.ToString();

        double X(double ms) => left + (scale.At(ms) * (Width - Right - left));
    }
}
