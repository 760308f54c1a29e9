using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>
/// <c>summary.json</c>: planner, policy, figures. Shares are 0 to 1; a figure without anything to count is null. <c>reads</c> and <c>writes</c>
/// are turns by what their answer rests on, <c>all</c> both.
/// <c>false_closes</c> is a share of all turns; <c>false_close_with_effect</c> counts turns, <c>state_worse_...</c> dialogues, <c>retractions</c> and <c>unsafe</c> what happened.
/// </summary>
internal static class Summary
{
    /// <summary>Where a latency is a divisor, less than this counts as this.</summary>
    private const double LeastMs = 1;

    public static JsonObject Of(IEnumerable<PlannerFigures> planners)
    {
        var json = new JsonObject();
        foreach (var planner in planners)
        {
            var policies = new JsonObject();
            foreach (var policy in planner.Names) policies[policy] = Policy(planner[policy], planner[PolicyNames.Sequential], planner[PolicyNames.Oracle]);
            json[planner.Planner] = policies;
        }

        return json;
    }

    private static JsonObject Policy(PolicyFigures own, PolicyFigures sequential, PolicyFigures oracle)
    {
        var turns = own.Turns.ToList();
        var tools = turns.Where(t => t.Kind != TurnKind.None).ToList();
        var states = own.Dialogues.Values.Select(d => (Own: d, Sequential: sequential.Dialogues.GetValueOrDefault(d.Dialogue))).ToList();
        return new()
        {
            ["reads"] = Latency(own, sequential, t => t.Kind == TurnKind.Read),
            ["writes"] = Latency(own, sequential, t => t.Kind == TurnKind.Write),
            ["all"] = Latency(own, sequential, t => t.Kind != TurnKind.None),
            ["oracle_share"] = Rounding.Share(OracleShare(own, sequential, oracle)),
            ["reads_before_floor"] = Rounding.Share(ReadsBeforeFloor(own, oracle)),
            ["false_closes"] = Rounding.Share(Rounding.Ratio(turns.Count(t => t.FalseCloses > 0), turns.Count)),
            ["false_close_with_effect"] = turns.Count(t => t.FalseClosesWithEffect > 0),
            ["waste"] = Rounding.Share(Waste(own, sequential)),
            ["retractions"] = turns.Sum(t => t.Retractions),
            ["unsafe"] = turns.Sum(t => t.UnsafeEffects),
            ["state_worse_than_sequential"] = states.Count(s => s.Sequential is not null && StateComparison.IsWorseThanSequential(s.Own, s.Sequential)),
            ["state_worse_than_annotation"] = states.Count(s => StateComparison.IsWorseThanAnnotation(s.Own, s.Sequential)),
            ["model_calls"] = turns.Sum(t => t.ModelCalls),
            ["backend_seconds"] = Rounding.Time(turns.Sum(t => t.BackEndSeconds)),
            ["hold_seconds"] = Rounding.Time(turns.Sum(t => t.HoldSeconds)),
            ["dialogues"] = own.Dialogues.Count,
            ["turns_with_tool"] = tools.Count,
            ["turns"] = turns.Count,
            ["unanswered"] = tools.Count(t => t.LatencyMs is null),
            ["call_made"] = Rounding.Share(Rounding.Ratio(tools.Count(t => t.CallMade), tools.Count)),
            ["calls"] = turns.Sum(t => t.CallsStarted),
            ["calls_wasted"] = turns.Sum(t => t.CallsWasted),
            ["unrecorded_reads"] = states.Sum(s => s.Own.Unrecorded),
            ["effect_before_end"] = turns.Count(t => t.EffectsBeforeEnd > 0),
            ["time_to_first_audio"] = Percentiles([.. turns.Where(t => t.FirstAudioMs is not null).Select(t => t.FirstAudioMs!.Value)]),
            ["reads_p99_ms"] = Rounding.Time(Percentile.Of(turns.Where(t => t is { Kind: TurnKind.Read, LatencyMs: not null }).Select(t => t.LatencyMs!.Value), 0.99)),
            ["state_worse_through_speculation"] = states.Count(
                s => s.Sequential is not null && StateComparison.IsWorseThanAnnotation(s.Own, s.Sequential) && !StateComparison.IsWorseThanAnnotation(s.Sequential, s.Sequential)),
        };
    }

    private static JsonObject Latency(PolicyFigures own, PolicyFigures sequential, Func<TurnFigure, bool> counts)
    {
        var json = Percentiles([.. own.Turns.Where(t => counts(t) && t.LatencyMs is not null).Select(t => t.LatencyMs!.Value)]);
        var paired = own.PairedWith(sequential).Where(p => counts(p.Own)).Select(p => (Sequential: p.Base.LatencyMs!.Value, Own: p.Own.LatencyMs!.Value)).ToList();
        var median = Percentile.Of(paired.Select(p => p.Own), 0.5);
        json["speedup_p50"] = Rounding.Share(Percentile.Of(paired.Select(p => p.Sequential), 0.5) / (median is { } m ? Math.Max(m, LeastMs) : null));
        json["p10"] = Rounding.Share(Percentile.Of(paired.Select(p => p.Sequential / Math.Max(p.Own, LeastMs)), 0.1));
        return json;
    }

    private static JsonObject Percentiles(IReadOnlyCollection<double> ms) =>
        new() { ["p50_ms"] = Rounding.Time(Percentile.Of(ms, 0.5)), ["p95_ms"] = Rounding.Time(Percentile.Of(ms, 0.95)) };

    /// <summary>Of what the oracle saves over sequential, the share that this policy saves: over the turns with a tool that all three answered.</summary>
    private static double? OracleShare(PolicyFigures own, PolicyFigures sequential, PolicyFigures oracle)
    {
        var (saved, could) = (0.0, 0.0);
        foreach (var (before, after) in own.PairedWith(sequential))
        {
            if (after.Kind == TurnKind.None || oracle.Same(after)?.LatencyMs is not { } best) continue;
            saved += before.LatencyMs!.Value - after.LatencyMs!.Value;
            could += before.LatencyMs.Value - best;
        }

        return Rounding.Ratio(saved, could);
    }

    /// <summary>Among the reads that the oracle has by the time that this policy takes the floor, the share that it has by then.</summary>
    private static double? ReadsBeforeFloor(PolicyFigures own, PolicyFigures oracle)
    {
        var possible = own.Turns.Where(t => t.Kind == TurnKind.Read && oracle.Same(t)?.CallDoneMs <= t.FloorMs).ToList();
        return Rounding.Ratio(possible.Count(t => t.CallDoneMs <= t.FloorMs), possible.Count);
    }

    /// <summary>Calls beyond sequential's in the same turns, to sequential's.</summary>
    private static double? Waste(PolicyFigures own, PolicyFigures sequential)
    {
        var both = own.Turns.Select(t => (Own: t, Sequential: sequential.Same(t))).Where(t => t.Sequential is not null).ToList();
        double calls = both.Sum(t => t.Sequential!.CallsStarted);
        return Rounding.Ratio(both.Sum(t => t.Own.CallsStarted) - calls, calls);
    }
}
