using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>A turn with a tool, on one of the clocks.</summary>
internal sealed record WallTurn(string Planner, TurnFigure Figure)
{
    /// <summary>The same turn of the same policy on the other clock has the same key.</summary>
    public (string, string, string, int) Key => (Planner, Figure.Policy, Figure.Dialogue, Figure.Turn);
}

/// <summary>The same turns on both clocks, side by side.</summary>
internal static class WallFigures
{
    private static readonly ImmutableArray<(string Name, Func<TurnFigure, bool> Is)> Groups =
        [("reads", t => t.Kind == TurnKind.Read), ("writes", t => t.Kind == TurnKind.Write), ("all", _ => true)];

    /// <summary>Planner, policy, group: figures of the turns that were answered on both clocks, and how many were on one only.</summary>
    public static JsonObject Of(ImmutableArray<WallTurn> virtually, ImmutableArray<WallTurn> wall)
    {
        var other = wall.ToDictionary(t => t.Key);
        var planners = new JsonObject();
        foreach (var planner in virtually.GroupBy(t => t.Planner, StringComparer.Ordinal))
        {
            var policies = new JsonObject();
            foreach (var policy in planner.GroupBy(t => t.Figure.Policy, StringComparer.Ordinal)) policies[policy.Key] = Policy([.. policy], other);
            planners[planner.Key] = policies;
        }

        return planners;
    }

    private static JsonObject Policy(ImmutableArray<WallTurn> turns, Dictionary<(string, string, string, int), WallTurn> wall)
    {
        var policy = new JsonObject();
        foreach (var (name, isIn) in Groups)
        {
            var own = turns.Where(t => isIn(t.Figure)).ToList();
            var pairs = own.Select(t => (Virtual: t.Figure.LatencyMs, Wall: wall.GetValueOrDefault(t.Key)?.Figure.LatencyMs)).ToList();
            var both = pairs.Where(p => p is { Virtual: not null, Wall: not null }).Select(p => (Virtual: p.Virtual!.Value, Wall: p.Wall!.Value)).ToList();
            policy[name] = new JsonObject
            {
                ["turns"] = both.Count,
                ["virtual_only"] = pairs.Count(p => p is { Virtual: not null, Wall: null }),
                ["wall_only"] = pairs.Count(p => p is { Virtual: null, Wall: not null }),
                ["wall_ms"] = Percentiles(both.Select(p => p.Wall)),
                ["virtual_ms"] = Percentiles(both.Select(p => p.Virtual)),
                ["difference_ms"] = Percentiles(both.Select(p => p.Wall - p.Virtual)),
            };
        }

        return policy;
    }

    private static JsonObject Percentiles(IEnumerable<double> values)
    {
        var all = values.ToList();
        return new()
        {
            ["p50"] = Rounding.Time(Percentile.Of(all, 0.5)),
            ["p95"] = Rounding.Time(Percentile.Of(all, 0.95)),
            ["max"] = Rounding.Time(Percentile.Of(all, 1)),
        };
    }
}
