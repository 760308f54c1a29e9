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
    private static readonly TimeSpan Baseline = TimeSpan.FromMilliseconds(700);

    /// <summary>Recorded agents speak for longer than a caller of ours would wait, and recorded calls are longer than most.</summary>
    internal static readonly AgentSettings RecordedCalls = new() { Tools = [], NoInput = TimeSpan.FromMinutes(5), CallsPerTurn = 100, CallsPerCall = 1000 };

    private readonly Lazy<EmbeddedReaders> _embedded = new(() => new(options.Data, recording.Services));

    private ModelTimes Model => options.Profile switch
    {
        BenchProfile.Cloud => ModelTimes.Cloud,
        BenchProfile.Edge => ModelTimes.Edge,
        _ => ModelTimes.Embedded,
    };

    /// <summary>The figures of one planner.</summary>
    /// <param name="planner">Who understands the words.</param>
    /// <param name="played">Told after each dialogue how many have been played.</param>
    public (IReadOnlyList<TurnFigure> Turns, IReadOnlyList<DialogueFigure> Dialogues) Run(BenchPlanner planner, Action<int> played)
    {
        var turns = new List<TurnFigure>();
        var states = new List<DialogueFigure>();
        var count = 0;
        foreach (var dialogue in recording.Dialogues.Take(options.Dialogues ?? int.MaxValue))
        {
            var reachable = recording.Reachable(dialogue);
            foreach (var (figures, state) in Play(planner, dialogue, reachable))
            {
                turns.AddRange(figures);
                states.Add(state);
            }

            played(++count);
        }

        var best = BestChunk(turns);
        return (
            [.. turns.Where(t => IsKept(t.Policy, best)).Select(t => t.Policy == best ? t with { Policy = PolicyNames.Sia } : t)],
            [.. states.Where(s => IsKept(s.Policy, best)).Select(s => s.Policy == best ? s with { Policy = PolicyNames.Sia } : s)]);
    }

    private IEnumerable<(IEnumerable<TurnFigure>, DialogueFigure)> Play(BenchPlanner planner, RecordedDialogue dialogue, ImmutableArray<string> reachable)
    {
        var speech = recording.Speak(dialogue, options.Speech);
        IDialogueReader reader = planner == BenchPlanner.Gold ? new GoldReader(dialogue, recording.Services) : _embedded.Value.For(dialogue);
        var heard = speech.Select(s => HeardTurn.Of(dialogue, s, options.Speech, Listener(reader, dialogue, options.ForAll && options.Widen, degraded: false))).ToImmutableArray();
        foreach (var policy in Timelines()) yield return policy.Play(dialogue, heard, options.Seed, reachable);
        foreach (var product in Products())
        {
            var tools = Tools(product.Widen);
            var run = new ProductPolicy(product.Options, recording.Services, tools, options.Seed)
                .Play(dialogue, speech, options.Speech, Listener(reader, dialogue, product.Widen, degraded: true), Listener(reader, dialogue, product.Widen, degraded: false));
            yield return (run.Turns(recording.Services), run.State(reachable));
        }
    }

    private bool IsWanted(string policy) => options.Policies.IsEmpty || options.Policies.Contains(policy) || policy is PolicyNames.Sequential or PolicyNames.Oracle;

    private IEnumerable<TimelinePolicy> Timelines()
    {
        var times = new PolicyTimes
        {
            Model = Model,
            PartialLag = options.Lag,
            Baseline = options.Close ?? Baseline,
            SameEndpointing = options.Close is not null,
            Phrases = options.ForAll,
        };
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

    private IEnumerable<(ProductOptions Options, bool Widen)> Products()
    {
        ProductOptions Of(string name, AgentSettings with) => new()
        {
            Name = name,
            Settings = with,
            Model = options.Profile == BenchProfile.Embedded ? null : Model,
            Drafts = options.Without != BenchPart.Drafts,
        };
        if (IsWanted(PolicyNames.Ours)) yield return (Of(PolicyNames.Ours, Settings()), options.Widen);
        if (options.Policies.Contains(SequentialProduct)) yield return (Of(SequentialProduct, Settings() with { Speculation = Speculation.Sequential }), false);
    }

    private AgentSettings Settings()
    {
        var settings = RecordedCalls;
        if (options.Close is { } at) settings = settings with { SpeakWhenComplete = at, PlainYes = at, Baseline = at };
        return options.Without switch
        {
            BenchPart.Endpointing => settings with { SpeakWhenComplete = settings.Baseline, PlainYes = settings.Baseline },
            BenchPart.PlainYes => settings with { PlainYesByRule = false },
            BenchPart.ReplyDraft => settings with { DraftAfter = settings.Baseline },
            BenchPart.PlainReplies => settings with { PlainReplies = false },
            _ => settings,
        };
    }

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

    /// <summary>Of the chunks that <c>sia</c> was tried with, the one with the shortest median over the turns with a tool counts.</summary>
    private static string? BestChunk(List<TurnFigure> turns) =>
        turns.Where(t => IsTried(t.Policy)).GroupBy(t => t.Policy)
            .MinBy(chunk => Median(chunk.Where(t => t is { Kind: not TurnKind.None, LatencyMs: not null }).Select(t => t.LatencyMs!.Value)))?.Key;

    private static bool IsKept(string policy, string? best) => !IsTried(policy) || policy == best;

    private static bool IsTried(string policy) => policy.StartsWith(PolicyNames.Sia + " ", StringComparison.Ordinal);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.MaxValue : sorted[sorted.Count / 2];
    }
}
