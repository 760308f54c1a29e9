namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>
/// 95 % confidence intervals: whole clusters are drawn with replacement as often as there are clusters, and the statistic is taken of each
/// resample (percentile method; Efron and Tibshirani, "An Introduction to the Bootstrap", chapter 13). Turns of one dialogue, or of one
/// service, are alike: drawing them one by one would promise too much.
/// </summary>
internal static class Bootstrap
{
    public const int Resamples = 2_000;

    /// <summary>Null with fewer than two clusters.</summary>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="statistic">Of the rows, given how often each counts; null where it can't be taken.</param>
    /// <param name="seed">Any number; the same gives the same interval.</param>
    public static Interval? Of(IReadOnlyList<string> clusters, Func<int[], double?> statistic, ulong seed)
    {
        var rows = clusters.Select((c, row) => (c, row)).GroupBy(p => p.c, p => p.row, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToList();
        if (rows.Count < 2) return null;
        var (values, weights) = (new List<double>(Resamples), new int[clusters.Count]);
        for (var resample = 0; resample < Resamples; resample++)
        {
            Array.Clear(weights);
            for (var drawn = 0; drawn < rows.Count; drawn++)
                foreach (var row in rows[(int)(Next(ref seed) % (ulong)rows.Count)]) weights[row]++;
            if (statistic(weights) is { } value) values.Add(value);
        }

        return values.Count == 0 ? null : new(Percentile.Of(values, 0.025)!.Value, Percentile.Of(values, 0.975)!.Value);
    }

    /// <summary>SplitMix64: the same on every machine and in every version of .NET.</summary>
    private static ulong Next(ref ulong state)
    {
        var x = state += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>An interval of confidence.</summary>
internal readonly record struct Interval(double From, double To);
