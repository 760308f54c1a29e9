using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Policies;

/// <summary>Of the chunks that <c>sia</c> was tried with, the one with the shortest median over the turns with a tool counts.</summary>
internal static class BestChunk
{
    /// <summary>All figures but those of the chunks that did worse; the best one is called <c>sia</c>.</summary>
    public static PlannerFigures Kept(string planner, List<TurnFigure> turns, List<DialogueFigure> states)
    {
        var best = turns.Where(t => IsTried(t.Policy)).GroupBy(t => t.Policy)
            .MinBy(chunk => Median(chunk.Where(t => t is { Kind: not TurnKind.None, LatencyMs: not null }).Select(t => t.LatencyMs!.Value)))?.Key;
        return new(
            planner,
            [.. turns.Where(t => IsKept(t.Policy)).Select(t => t.Policy == best ? t with { Policy = PolicyNames.Sia } : t)],
            [.. states.Where(s => IsKept(s.Policy)).Select(s => s.Policy == best ? s with { Policy = PolicyNames.Sia } : s)]);

        bool IsKept(string policy) => !IsTried(policy) || policy == best;
    }

    private static bool IsTried(string policy) => policy.StartsWith(PolicyNames.Sia + " ", StringComparison.Ordinal);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.MaxValue : sorted[sorted.Count / 2];
    }
}
