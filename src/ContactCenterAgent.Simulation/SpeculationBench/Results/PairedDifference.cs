using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>A policy against sequential on the turns that both answered.</summary>
/// <param name="Turns">How many.</param>
/// <param name="Saved">Milliseconds saved a turn, on average.</param>
/// <param name="Faster">Sequential's median over the policy's.</param>
internal sealed record PairedDifference(int Turns, Estimate Saved, Estimate Faster)
{
    /// <summary>Null for no pairs.</summary>
    /// <param name="pairs">Sequential first.</param>
    /// <param name="seed">Of the resampling.</param>
    public static PairedDifference? Of(IReadOnlyList<(TurnFigure Base, TurnFigure Own)> pairs, ulong seed)
    {
        if (pairs.Count == 0) return null;
        var saved = pairs.Select(p => p.Base.LatencyMs!.Value - p.Own.LatencyMs!.Value).ToArray();
        var (before, after) = (Ranked.Of(pairs.Select(p => p.Base.LatencyMs!.Value)), Ranked.Of(pairs.Select(p => p.Own.LatencyMs!.Value)));
        var (dialogues, services) = (pairs.Select(p => p.Own.Dialogue).ToList(), pairs.Select(p => Service(p.Own)).ToList());
        return new(pairs.Count, Estimated(Mean), Estimated(Faster));

        double? Mean(int[] weights)
        {
            var sum = 0.0;
            for (var i = 0; i < saved.Length; i++) sum += saved[i] * weights[i];
            return Rounding.Ratio(sum, weights.Sum());
        }

        double? Faster(int[] weights) => Rounding.Ratio(before.Median(weights), after.Median(weights));
        Estimate Estimated(Func<int[], double?> statistic) =>
            new(statistic([.. pairs.Select(_ => 1)]), Bootstrap.Of(dialogues, statistic, seed), Bootstrap.Of(services, statistic, seed));
    }

    /// <summary>The service of the call; without one, the services of the dialogue together.</summary>
    private static string Service(TurnFigure turn) => turn.Call?.Split('.')[0] ?? string.Join('+', turn.Services);

    /// <summary>Values in ascending order with the rows that they came from.</summary>
    private sealed record Ranked(ImmutableArray<double> Sorted, ImmutableArray<int> Rows)
    {
        public static Ranked Of(IEnumerable<double> values)
        {
            var sorted = values.Select((v, row) => (Value: v, Row: row)).OrderBy(v => v.Value).ToList();
            return new([.. sorted.Select(v => v.Value)], [.. sorted.Select(v => v.Row)]);
        }

        public double? Median(int[] weights) => Percentile.Of(Sorted, i => weights[Rows[i]], weights.Sum(), 0.5);
    }
}

/// <summary>A figure with its 95 % intervals.</summary>
/// <param name="Value">As measured.</param>
/// <param name="OverDialogues">Dialogues drawn.</param>
/// <param name="OverServices">Services drawn.</param>
internal sealed record Estimate(double? Value, Interval? OverDialogues, Interval? OverServices);
