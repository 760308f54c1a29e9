using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>Percentiles with straight lines between the ranks (rank = share x (n - 1)); a value may count several times.</summary>
internal static class Percentile
{
    /// <summary>Null for no values.</summary>
    public static double? Of(IEnumerable<double> values, double share)
    {
        ImmutableArray<double> sorted = [.. values.Order()];
        return Of(sorted, i => 1, sorted.Length, share);
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="weight">How often the value at an index counts.</param>
    /// <param name="total">The sum of the weights.</param>
    /// <param name="share">0 to 1.</param>
    public static double? Of(ImmutableArray<double> sorted, Func<int, int> weight, int total, double share)
    {
        if (total == 0) return null;
        var rank = share * (total - 1);
        var (below, passed) = ((int)Math.Floor(rank), 0);
        for (var i = 0; i < sorted.Length; i++)
        {
            passed += weight(i);
            if (passed <= below) continue;
            if (passed > below + 1 || rank == below) return sorted[i];
            var next = i + 1;
            while (weight(next) == 0) next++;
            return sorted[i] + ((rank - below) * (sorted[next] - sorted[i]));
        }

        return null;
    }
}
