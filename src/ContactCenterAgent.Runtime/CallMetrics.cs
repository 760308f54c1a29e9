using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ContactCenterAgent.Runtime;

/// <summary>What the runtime measures. Add the meter and the source by <see cref="Name"/>.</summary>
public static class CallMetrics
{
    /// <summary>Name of the <see cref="Meter"/> and of the <see cref="ActivitySource"/>.</summary>
    public const string Name = "ContactCenterAgent";

    private static readonly Meter Meter = new(Name);

    internal static readonly ActivitySource Source = new(Name);

    internal static readonly UpDownCounter<int> CallsActive = Meter.CreateUpDownCounter<int>("calls.active", "{call}");
    internal static readonly Counter<long> CallsEnded = Meter.CreateCounter<long>("calls.ended", "{call}", "by disposition");
    internal static readonly Counter<long> CallsTurnedAway = Meter.CreateCounter<long>("calls.turned_away", "{call}");
    internal static readonly Histogram<double> ResponseSeconds = Meter.CreateHistogram<double>("call.response_latency", "s", "end of the caller's speech to the first answer-bearing audio");
    internal static readonly Histogram<double> StepSeconds = Meter.CreateHistogram<double>("call.step", "s");
    internal static readonly Histogram<double> PlannerSeconds = Meter.CreateHistogram<double>("planner.first_token", "s", "by role");
    internal static readonly Counter<long> PlannerStalls = Meter.CreateCounter<long>("planner.stalls", "{run}");
    internal static readonly Counter<long> DraftsVerified = Meter.CreateCounter<long>("planner.drafts", "{draft}", "drafts that could have been answered from, by whether the authority agreed or differed");
    internal static readonly Histogram<double> ToolSeconds = Meter.CreateHistogram<double>("tool.duration", "s", "by tool, operation and outcome");
    internal static readonly Counter<long> ReadsHedged = Meter.CreateCounter<long>("tool.hedged", "{call}", "reads that were asked a second time, by tool");
    internal static readonly Counter<long> ToolsAbandoned = Meter.CreateCounter<long>("tool.abandoned", "{call}", "ignored their cancellation");
    internal static readonly Counter<long> ReleaseAttempts = Meter.CreateCounter<long>("hold.release_attempts", "{attempt}", "by outcome");
}
