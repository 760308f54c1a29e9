using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>Plays recorded dialogues under every policy.</summary>
internal sealed class SpeculationBenchmark(SpeculationOptions options, Recording recording)
{
    private const string SequentialProduct = "sequential-product";

    private readonly PolicySetup _setup = new(options);
    private readonly Lazy<EmbeddedReaders> _embedded = new(() => new(options.Data, recording.Services));

    /// <summary>The figures of one planner.</summary>
    /// <param name="planner">Who understands the words.</param>
    /// <param name="played">Told after each dialogue how many have been played.</param>
    public PlannerFigures Run(BenchPlanner planner, Action<int> played)
    {
        var turns = new List<TurnFigure>();
        var states = new List<DialogueFigure>();
        var count = 0;
        var products = Products(planner).ToList();
        foreach (var dialogue in recording.Dialogues.Take(options.Dialogues ?? int.MaxValue))
        {
            var reachable = recording.Reachable(dialogue);
            foreach (var (figures, state) in Play(planner, dialogue, products, reachable))
            {
                turns.AddRange(figures);
                states.Add(state);
            }

            played(++count);
        }

        return BestChunk.Kept(planner.ToString().ToLowerInvariant(), turns, states);
    }

    private IEnumerable<(IEnumerable<TurnFigure>, DialogueFigure)> Play(
        BenchPlanner planner, RecordedDialogue dialogue, List<(ProductOptions Options, bool Widen)> products, ImmutableArray<string> reachable)
    {
        var speech = recording.Speak(dialogue, options.Speech);
        IDialogueReader reader = planner == BenchPlanner.Embedded ? _embedded.Value.For(dialogue) : new GoldReader(dialogue, recording.Services);
        var draft = planner == BenchPlanner.Verified ? _embedded.Value.For(dialogue) : reader;
        var heard = speech.Select(s => HeardTurn.Of(dialogue, s, options.Speech, Listener(reader, dialogue, options.ForAll && options.Widen, degraded: false))).ToImmutableArray();
        foreach (var policy in Timelines()) yield return policy.Play(dialogue, heard, options.Seed, reachable);
        foreach (var product in products)
        {
            var tools = Tools(product.Widen);
            var run = new ProductPolicy(product.Options, recording.Services, tools, options.Seed)
                .Play(dialogue, speech, options.Speech, Listener(draft, dialogue, product.Widen, degraded: true), Listener(reader, dialogue, product.Widen, degraded: false));
            yield return (run.Turns(recording.Services), run.State(reachable));
        }
    }

    private bool IsWanted(string policy) => options.Policies.IsEmpty || options.Policies.Contains(policy) || policy is PolicyNames.Sequential or PolicyNames.Oracle;

    private IEnumerable<TimelinePolicy> Timelines()
    {
        var times = _setup.Times;
        var (services, tools) = (recording.Services, Tools(options.ForAll && options.Widen));
        IEnumerable<TimelinePolicy> all =
        [
            new SequentialPolicy(together: false, times with { Phrases = false }, services, tools),
            new SequentialPolicy(together: true, times, services, tools),
            new PreemptivePolicy(times, services, tools),
            .. Chunk.Tried.Select(chunk => new SiaPolicy(chunk, draft: false, times, services, tools)),
            new SiaPolicy(Chunk.Tried[0], draft: true, times, services, tools),
            new OraclePolicy(times, services, tools),
        ];
        return all.Where(p => IsWanted(p.Name.Split(' ')[0]));
    }

    private IEnumerable<(ProductOptions Options, bool Widen)> Products(BenchPlanner planner)
    {
        if (IsWanted(PolicyNames.Ours)) yield return (_setup.Product(PolicyNames.Ours, Reads, planner == BenchPlanner.Verified), options.Widen);
        if (options.Policies.Contains(SequentialProduct)) yield return (_setup.Product(SequentialProduct, [], speculation: Speculation.Sequential), false);
    }

    private IEnumerable<string> Reads => recording.Services.Services.SelectMany(recording.Services.Of).Where(m => !m.IsWrite).Select(m => m.Name);

    private BenchTools Tools(bool widen) => new(recording.Services, recording.Tables, new()
    {
        Widen = widen,
        Reserve = options.Reserve && options.Without != BenchPart.Holds,
        Phrases = options.Without != BenchPart.Phrases,
    });

    private DialogueListener Listener(IDialogueReader reader, RecordedDialogue dialogue, bool widen, bool degraded)
    {
        if (degraded && options.Agreement < 1) reader = new DisagreeingReader(reader, options.Agreement, Draws.Seed(options.Seed, dialogue.Id));
        return new(reader, new ReadingPlans(recording.Services, widen));
    }
}
