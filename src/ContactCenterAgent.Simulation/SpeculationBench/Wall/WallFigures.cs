using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>A turn on one of the clocks. The same turn of the same policy on the other clock has the same planner, policy, call and number.</summary>
/// <param name="Planner">Who understood the words.</param>
/// <param name="Policy">Under which policy.</param>
/// <param name="Call">In which call.</param>
/// <param name="Turn">Which turn of it.</param>
/// <param name="IsWrite">Its answer is the outcome of a change; else of a read.</param>
/// <param name="LatencyMs">End of the caller's words to the answer; null = there was none.</param>
public sealed record WallTurn(string Planner, string Policy, string Call, int Turn, bool IsWrite, double? LatencyMs)
{
    internal (string, string, string, int) Key => (Planner, Policy, Call, Turn);
}

/// <summary>The same turns on both clocks, side by side.</summary>
public static class WallFigures
{
    private static readonly ImmutableArray<(string Name, Func<WallTurn, bool> Is)> Groups = [("reads", t => !t.IsWrite), ("writes", t => t.IsWrite), ("all", _ => true)];

    /// <summary>Planner, policy, group: figures of the turns that were answered on both clocks, and how many were on one only.</summary>
    public static JsonObject Of(ImmutableArray<WallTurn> virtually, ImmutableArray<WallTurn> wall)
    {
        var other = wall.ToDictionary(t => t.Key);
        var planners = new JsonObject();
        foreach (var planner in virtually.GroupBy(t => t.Planner, StringComparer.Ordinal))
        {
            var policies = new JsonObject();
            foreach (var policy in planner.GroupBy(t => t.Policy, StringComparer.Ordinal)) policies[policy.Key] = Policy([.. policy], other);
            planners[planner.Key] = policies;
        }

        return planners;
    }

    private static JsonObject Policy(ImmutableArray<WallTurn> turns, Dictionary<(string, string, string, int), WallTurn> wall)
    {
        var policy = new JsonObject();
        foreach (var (name, isIn) in Groups)
        {
            var own = turns.Where(t => isIn(t)).ToList();
            var pairs = own.Select(t => (Virtual: t.LatencyMs, Wall: wall.GetValueOrDefault(t.Key)?.LatencyMs)).ToList();
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
