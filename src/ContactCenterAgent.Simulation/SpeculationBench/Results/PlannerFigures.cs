using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>Everything that one planner's run gave, all policies together.</summary>
internal sealed class PlannerFigures
{
    private static readonly ImmutableArray<string> Known =
        [PolicyNames.Sequential, PolicyNames.Parallel, PolicyNames.Preemptive, PolicyNames.Sia, PolicyNames.SiaDraft, PolicyNames.Ours, PolicyNames.Oracle];

    private readonly ImmutableDictionary<string, PolicyFigures> _byPolicy;

    /// <param name="planner">Its name.</param>
    /// <param name="turns">Of every policy, in any order.</param>
    /// <param name="dialogues">Of every policy, in any order.</param>
    public PlannerFigures(string planner, IReadOnlyList<TurnFigure> turns, IReadOnlyList<DialogueFigure> dialogues)
    {
        Planner = planner;
        Names = Order(turns.Select(t => t.Policy).Concat(dialogues.Select(d => d.Policy)));
        var (turnsOf, dialoguesOf) = (turns.ToLookup(t => t.Policy), dialogues.ToLookup(d => d.Policy));
        _byPolicy = Names.ToImmutableDictionary(p => p, p => new PolicyFigures(p, turnsOf[p], dialoguesOf[p]));
    }

    public string Planner { get; }

    /// <summary>The policies that were run, in the house's order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Of a policy; empty where it was not run.</summary>
    public PolicyFigures this[string policy] => _byPolicy.TryGetValue(policy, out var figures) ? figures : new(policy, [], []);

    /// <summary>Baselines first, the oracle last of the known ones, then what else there is by name.</summary>
    public static ImmutableArray<string> Order(IEnumerable<string> policies) =>
        [.. policies.Distinct(StringComparer.Ordinal).OrderBy(p => Place(p) is var i and >= 0 ? i : Known.Length).ThenBy(p => p, StringComparer.Ordinal)];

    /// <summary>How many policies every comparison knows.</summary>
    public static int KnownPolicies => Known.Length;

    /// <summary>A known policy's place in the order; -1 for others.</summary>
    public static int Place(string policy) => Known.IndexOf(policy);
}

/// <summary>What one policy made of every turn and every dialogue, sorted by dialogue and turn.</summary>
internal sealed class PolicyFigures(string policy, IEnumerable<TurnFigure> turns, IEnumerable<DialogueFigure> dialogues)
{
    private readonly ImmutableSortedDictionary<(string, int), TurnFigure> _turns = turns.ToImmutableSortedDictionary(t => (t.Dialogue, t.Turn), t => t, ByDialogueAndTurn.Order);

    public string Policy { get; } = policy;

    public IEnumerable<TurnFigure> Turns => _turns.Values;

    public ImmutableSortedDictionary<string, DialogueFigure> Dialogues { get; } = dialogues.ToImmutableSortedDictionary(d => d.Dialogue, d => d, StringComparer.Ordinal);

    /// <summary>The same turn of this policy; null where it was not run.</summary>
    public TurnFigure? Same(TurnFigure turn) => _turns.GetValueOrDefault((turn.Dialogue, turn.Turn));

    /// <summary>Turns that both answered, this policy's second.</summary>
    public IEnumerable<(TurnFigure Base, TurnFigure Own)> PairedWith(PolicyFigures baseline) =>
        from own in Turns
        where own.LatencyMs is not null
        let other = baseline.Same(own)
        where other?.LatencyMs is not null
        select (other, own);

    private sealed class ByDialogueAndTurn : IComparer<(string Dialogue, int Turn)>
    {
        public static readonly ByDialogueAndTurn Order = new();

        public int Compare((string Dialogue, int Turn) x, (string Dialogue, int Turn) y) =>
            string.CompareOrdinal(x.Dialogue, y.Dialogue) is var order and not 0 ? order : x.Turn.CompareTo(y.Turn);
    }
}

/// <summary>Names of the policies that every comparison knows.</summary>
internal static class PolicyNames
{
    public const string Sequential = "sequential", Parallel = "parallel", Preemptive = "preemptive", Sia = "sia", SiaDraft = "sia+draft", Ours = "ours", Oracle = "oracle";
}
