using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>One tier of planners: who plans, and when it is given up for the next.</summary>
/// <param name="Name">As configured; shown in the timeline and the metrics.</param>
/// <param name="Planner">Who plans.</param>
public sealed record PlannerTier(string Name, IPlanner Planner)
{
    /// <summary>What is known of it before it is asked.</summary>
    public ImmutableArray<ITierSignal> Signals { get; init; } = [];

    /// <summary>The lines that it serves, by their configured names; empty = all.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>When it is given up.</summary>
    public TierLimits Limits { get; init; } = new();
}

/// <summary>When a tier is given up for the next one.</summary>
public sealed class TierLimits
{
    /// <summary>How long it may take to its first useful token: the beginning of a plan.</summary>
    /// <value>50 ms to 10 s. Default 800 ms: with a next tier that begins within 400 ms the caller's wait stays under 1.2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan FirstUseful { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long it may pause in mid-stream between two parts of its answer.</summary>
    /// <value>50 ms to 10 s. Default 1.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan Stall { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>After this long without a useful token the next tier is asked beside it, and who is first is heard. Costs a second answer now and then.</summary>
    /// <value>50 ms to 10 s; null (default) = never.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan? HedgeAfter { get; set; }

    /// <summary>Share of failures at which the tier is left alone.</summary>
    /// <value>0.01 to 1. Default 0.5.</value>
    [Range(0.01, 1.0)]
    public double BreakAtFailures { get; set; } = 0.5;

    /// <summary>Requests within <see cref="BreakWindow"/> below which the share says nothing.</summary>
    /// <value>2 to 1,000. Default 4.</value>
    [Range(2, 1_000)]
    public int BreakAtRequests { get; set; } = 4;

    /// <summary>How far back failures count.</summary>
    /// <value>1 s to 10 min. Default 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BreakWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the tier is left alone before one request tries it again.</summary>
    /// <value>500 ms to 10 min. Default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);
}
