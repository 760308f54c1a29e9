using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

/// <summary>Policies at the same rate of false closes: for each, the shortest fixed silence that cuts off no more callers than our own endpointing does.</summary>
internal static class EqualCloses
{
    /// <param name="points">Settings of every policy; those called <c>ours</c> are our own endpointing.</param>
    public static MarkdownTable Of(IReadOnlyCollection<ClosePoint> points)
    {
        var table = new MarkdownTable(1, "policy", "false closes", "p50 ms, turns with a tool", "ours is faster");
        if (points.Where(p => p.Policy == PolicyNames.Ours).Cast<ClosePoint?>().FirstOrDefault() is not { } ours) return table;
        foreach (var name in PlannerFigures.Order(points.Select(p => p.Policy)))
        {
            var best = points.Where(p => p.Policy == name && p.FalseCloses <= ours.FalseCloses).OrderBy(p => p.LatencyMs).Cast<ClosePoint?>().FirstOrDefault();
            table.Add(name, Cells.Percent(best?.FalseCloses), Cells.Ms(best?.LatencyMs), Cells.Times(best?.LatencyMs / ours.LatencyMs));
        }

        return table;
    }
}
