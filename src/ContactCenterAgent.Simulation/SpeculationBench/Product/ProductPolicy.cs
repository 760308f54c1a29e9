using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Product;

/// <summary>How the product is run.</summary>
internal sealed record ProductOptions
{
    /// <summary>As the figures name it: <c>ours</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What of the product is on; the tools are added.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>The strong model; null = the embedded planner is the authority.</summary>
    public ModelTimes? Model { get; init; }

    /// <summary>A model of somebody's in place of <see cref="Model"/>; null = none. It escapes virtual time.</summary>
    public IPlanner? Authority { get; init; }

    /// <summary>Plans are drafted on every partial. Off: only the model plans.</summary>
    public bool Drafts { get; init; } = true;

    /// <summary>Which reads are asked twice. Default: none.</summary>
    public ReadHedges Hedges { get; init; } = new(0);

    /// <summary>Whether callers may be answered from drafts.</summary>
    public DraftTrust Trust { get; init; } = new();
}

/// <summary>Plays one recorded dialogue through the product's own core and runtime, on virtual time.</summary>
internal sealed class ProductPolicy(ProductOptions product, ServiceCatalogue services, BenchTools tools, long seed)
{
    private static readonly TimeSpan Within = TimeSpan.FromHours(2);

    /// <summary>Plays it.</summary>
    /// <param name="dialogue">The recording.</param>
    /// <param name="speech">The caller's turns as they are spoken.</param>
    /// <param name="options">How they are recognised.</param>
    /// <param name="draft">Understands the words for the draft.</param>
    /// <param name="model">Understands them for the model.</param>
    public ProductRun Play(RecordedDialogue dialogue, ImmutableArray<StreamedTurn> speech, SpeechOptions options, TurnListener draft, TurnListener model)
    {
        var time = new VirtualTime(new(ProductCall.Start, TimeSpan.Zero));
        return time.Run(() => PlayAsync(dialogue, speech, options, draft, model, time), Within);
    }

    /// <summary>The same on any clock: the wall's shows that virtual time does not flatter.</summary>
    public async Task<ProductRun> PlayAsync(
        RecordedDialogue dialogue, ImmutableArray<StreamedTurn> speech, SpeechOptions options, TurnListener draft, TurnListener model, TimeProvider time)
    {
        var watch = new CallWatch(dialogue, services);
        var caller = new RecordedCaller(dialogue, speech, options, draft, model, watch, time);
        var backEnd = new FakeBackEnd(time, new BackEndLatency(Draws.Seed(seed, dialogue.Id)), tools.Width);
        var unrecorded = 0;
        var refused = dialogue.Turns.SelectMany(t => t.Calls).Where(c => c.IsWrite && Readings.WasRefused(dialogue, c)).ToList();
        var called = tools.For(dialogue.Services, backEnd, (name, arguments) => Refuses(refused, name, arguments), _ => unrecorded++);
        await ProductCall.RunAsync(product, called, draft, model, watch, caller, time);
        return new(dialogue, product.Name, caller.Played, caller.Heard, watch, unrecorded);
    }

    private bool Refuses(List<RecordedCall> refused, string name, IReadOnlyDictionary<string, object?> arguments)
    {
        var sent = arguments.Where(a => a.Value is string).ToImmutableSortedDictionary(a => a.Key, a => (string)a.Value!, StringComparer.Ordinal);
        return refused.Exists(c => c.Name == name && Readings.Same(services.Method(name)!.Complete(c.Arguments), sent));
    }
}

/// <summary>Seeds of draws: the same dialogue meets the same back end under every policy.</summary>
internal static class Draws
{
    public static long Seed(long seed, string dialogue) => seed ^ (long)(KeyedHash.Fnv(dialogue) >> 1);
}
