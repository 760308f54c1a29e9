using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>Which share of the turns has been answered by when, policy by policy.</summary>
internal static class LatencyCdf
{
    private const int Points = 200;

    /// <summary>The axis ends with the slowest policy's 98th percentile: once in a hundred a back end takes 5 s, and would press everything to the left.</summary>
    private const double Shown = 0.98;

    /// <param name="title">Over the plot.</param>
    /// <param name="figures">Of one planner.</param>
    /// <param name="counts">Which turns.</param>
    public static string Of(string title, PlannerFigures figures, Func<TurnFigure, bool> counts)
    {
        ImmutableArray<Answers> series = [.. figures.Names.Select(n => Answers.Of(n, [.. figures[n].Turns.Where(counts)])).Where(s => s.Ms.Length > 0)];
        var from = series.Select(s => s.Ms[0]).Append(0).Min();
        var to = series.Select(s => Percentile.Of(s.Ms, Shown)!.Value).Append(from + 1).Max();
        var chart = new Chart(title, "response latency, milliseconds", "answered, % of turns", Scale.Over(from, to, 8), new(0, 100, 20), [.. series.Select(s => s.Name)]);
        for (var i = 0; i < series.Length; i++)
            chart.Line(i, Enumerable.Range(0, Points + 1).Select(p => (Percentile.Of(series[i].Ms, (double)p / Points)!.Value, 100 * series[i].Answered * p / Points)));
        return chart.ToString();
    }

    /// <summary>A policy's latencies in ascending order, and the share of the turns that has one: what was never answered keeps the line below 100 %.</summary>
    private sealed record Answers(string Name, ImmutableArray<double> Ms, double Answered)
    {
        public static Answers Of(string name, ImmutableArray<TurnFigure> turns)
        {
            ImmutableArray<double> ms = [.. turns.Where(t => t.LatencyMs is not null).Select(t => t.LatencyMs!.Value).Order()];
            return new(name, ms, (double)ms.Length / Math.Max(1, turns.Length));
        }
    }
}
