using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>False closes against latency, a line a policy: each point is one setting of when the floor is taken.</summary>
internal static class CloseCurve
{
    /// <param name="title">Over the plot.</param>
    /// <param name="points">Of any policies, in any order.</param>
    public static string Of(string title, IReadOnlyCollection<ClosePoint> points)
    {
        var names = PlannerFigures.Order(points.Select(p => p.Policy));
        var chart = new Chart(
            title, "response latency, median, milliseconds", "false closes, % of turns",
            Scale.Over(0, points.Select(p => p.LatencyMs).Append(1).Max(), 8), Scale.Over(0, points.Select(p => 100 * p.FalseCloses).Append(1).Max(), 6), names);
        for (var i = 0; i < names.Length; i++)
        {
            var own = points.Where(p => p.Policy == names[i]).OrderBy(p => p.LatencyMs).ThenByDescending(p => p.FalseCloses);
            ImmutableArray<(double, double)> line = [.. own.Select(p => (p.LatencyMs, 100 * p.FalseCloses))];
            chart.Line(i, line);
            chart.Dots(i, line, 4, 1);
        }

        return chart.ToString();
    }
}

/// <summary>One setting of one policy.</summary>
/// <param name="Policy">Whose.</param>
/// <param name="LatencyMs">Median response latency.</param>
/// <param name="FalseCloses">Share of the turns, 0 to 1.</param>
internal readonly record struct ClosePoint(string Policy, double LatencyMs, double FalseCloses);
