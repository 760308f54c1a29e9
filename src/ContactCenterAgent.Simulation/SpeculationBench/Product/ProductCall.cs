using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;

namespace ContactCenterAgent.Simulation.SpeculationBench.Product;

/// <summary>One call through the product's own core and runtime, on any clock.</summary>
internal static class ProductCall
{
    /// <summary>When every call begins, by the line's clock: the day that the recorded dialogues speak of as today.</summary>
    public static readonly DateTime Start = new(2019, 3, 1, 10, 0, 0);

    /// <summary>Runs it until the caller has hung up and every hold is given back.</summary>
    public static async Task RunAsync(
        ProductOptions product, ImmutableArray<Tool> tools, TurnListener draft, TurnListener model, ICallObserver watch, RecordedCaller caller, TimeProvider time)
    {
        await using var host = new CallHost(new()
        {
            Tools = tools,
            Settings = product.Settings,
            Draft = new DraftPlanner(product.Drafts ? r => draft.Propose(r.Turn.Words, r.Hash) : r => Plan.Empty with { Read = r.Hash }),
            Authority = product.Authority ?? (product.Model is { } times ? new TimedModel(model, times, time) : null),
            Ledger = new MemoryLedger(time),
            Journals = new MemoryJournals(),
            Records = new MemoryRecords(),
            Time = time,
            Observers = [watch],
            LocalTime = _ => Start,
            Hedges = product.Hedges,
            Trust = product.Trust,
        });
        await host.RunAsync(caller, CancellationToken.None);
        while (host.OpenReleases > 0) await Task.Delay(TimeSpan.FromMilliseconds(50), time);
    }
}
