using System.Diagnostics.Metrics;

namespace ContactCenterAgent.Llm;

/// <summary>What the models' side measures. Add the meter by <see cref="Name"/>.</summary>
public static class LlmMetrics
{
    /// <summary>Name of the <see cref="Meter"/>.</summary>
    public const string Name = "ContactCenterAgent.Llm";

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Tokens = Meter.CreateCounter<long>("llm.tokens", "{token}", "by model and direction: input, cached, output");
    internal static readonly Counter<long> Faults = Meter.CreateCounter<long>("llm.faults", "{answer}", "by code");
    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("llm.retries", "{answer}", "answers that were sent back with an error");
    internal static readonly Counter<long> SentencesDropped = Meter.CreateCounter<long>("llm.sentences_dropped", "{sentence}", "not in the line's language");
    internal static readonly Counter<long> Switches = Meter.CreateCounter<long>("planner.switches", "{switch}", "by tier left, tier tried and reason");
    internal static readonly Histogram<double> FirstUseful = Meter.CreateHistogram<double>("planner.tier_first_useful", "s", "request to first useful token, by tier");
    internal static readonly UpDownCounter<long> SourcesConnected = Meter.CreateUpDownCounter<long>("tools.sources_connected", "{source}", "by source: 1 = its tools can be called, 0 = it is gone");
    internal static readonly Counter<long> SourceChanges = Meter.CreateCounter<long>("tools.source_changes", "{change}", "by source and the state that it has come to");
}
