using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>What a policy saves over sequential against how early the caller had said the last needed word: turns as dots, medians as a line.</summary>
internal static class SavingScatter
{
    private const int Bins = 8, FewestInABin = 5;

    /// <param name="title">Over the plot.</param>
    /// <param name="figures">Of one planner; sequential among them.</param>
    /// <param name="policies">Whose savings; one or a few.</param>
    public static string Of(string title, PlannerFigures figures, ImmutableArray<string> policies)
    {
        var series = policies.Select(name => Savings(figures, name)).ToList();
        var all = series.SelectMany(s => s).ToList();
        var chart = new Chart(
            title, "last needed word before the end of speech, milliseconds", "saved over sequential, milliseconds",
            Scale.Over(0, all.Select(p => p.HeadStart).Append(1).Max(), 8),
            Scale.Over(all.Select(p => p.Saved).Append(0).Min(), all.Select(p => p.Saved).Append(1).Max(), 6), policies);
        for (var i = 0; i < series.Count; i++) chart.Dots(i, series[i], 2.5, 0.35);
        for (var i = 0; i < series.Count; i++)
        {
            var medians = Medians(series[i]);
            chart.Line(i, medians);
            chart.Dots(i, medians, 4, 1);
        }

        return chart.ToString();
    }

    /// <summary>Medians of even bins in order of head start; one bin where there are few points.</summary>
    internal static ImmutableArray<(double HeadStart, double Saved)> Medians(ImmutableArray<(double HeadStart, double Saved)> points)
    {
        if (points.IsEmpty) return [];
        var sorted = points.OrderBy(p => p.HeadStart).ToList();
        var bins = Math.Clamp(sorted.Count / FewestInABin, 1, Bins);
        return
        [
            .. Enumerable.Range(0, bins).Select(b => sorted[(b * sorted.Count / bins)..((b + 1) * sorted.Count / bins)])
                .Select(bin => (Percentile.Of(bin.Select(p => p.HeadStart), 0.5)!.Value, Percentile.Of(bin.Select(p => p.Saved), 0.5)!.Value)),
        ];
    }

    private static ImmutableArray<(double HeadStart, double Saved)> Savings(PlannerFigures figures, string policy) =>
    [
        .. figures[policy].PairedWith(figures[PolicyNames.Sequential]).Where(p => p.Own.Kind != TurnKind.None)
            .Select(p => (p.Own.HeadStartMs, p.Base.LatencyMs!.Value - p.Own.LatencyMs!.Value)),
    ];
}
