using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>What one policy made of one caller's turn.</summary>
internal sealed record TurnFigure
{
    public required string Dialogue { get; init; }

    /// <summary>Index of the caller's turn.</summary>
    public required int Turn { get; init; }

    /// <summary>Services of the dialogue; several = a multi-service dialogue.</summary>
    public required ImmutableArray<string> Services { get; init; }

    public required string Policy { get; init; }

    public required TurnKind Kind { get; init; }

    /// <summary>The annotated call that the answer rests on, <c>service.method</c>; null for turns without a tool.</summary>
    public string? Call { get; init; }

    /// <summary>End of the caller's speech to the first answer-bearing audio; null = there was none.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>End of the caller's speech to the moment that the floor was taken for good.</summary>
    public double? FloorMs { get; init; }

    /// <summary>Floor taken to first sound of any kind.</summary>
    public double? FirstAudioMs { get; init; }

    /// <summary>End of the caller's speech to the end of the annotated call; negative = while the caller was speaking. Null = it was not made.</summary>
    public double? CallDoneMs { get; init; }

    /// <summary>When the caller had said the last needed word, before the end of the speech.</summary>
    public double HeadStartMs { get; init; }

    /// <summary>The annotated call was made with the annotated arguments.</summary>
    public bool CallMade { get; init; }

    /// <summary>Every call that was started for this turn.</summary>
    public int CallsStarted { get; init; }

    /// <summary>Of them, those that nothing in the answer rests on.</summary>
    public int CallsWasted { get; init; }

    /// <summary>The floor was taken before the caller had ended.</summary>
    public int FalseCloses { get; init; }

    /// <summary>An effect was dispatched before the caller had ended, and the whole turn does not say yes to it.</summary>
    public int FalseClosesWithEffect { get; init; }

    /// <summary>An effect was dispatched before the caller had ended; the words so far had said yes, and what came after did not take it back.</summary>
    public int EffectsBeforeEnd { get; init; }

    /// <summary>An answer that was taken back.</summary>
    public int Retractions { get; init; }

    /// <summary>An effect without its authorisation, or with arguments that were not read back.</summary>
    public int UnsafeEffects { get; init; }

    /// <summary>Runs of the strong model.</summary>
    public int ModelCalls { get; init; }

    /// <summary>Seconds that back ends worked for this turn.</summary>
    public double BackEndSeconds { get; init; }

    /// <summary>Seconds that holds stood, from placing to their end.</summary>
    public double HoldSeconds { get; init; }

    /// <summary>What happened when, in milliseconds since the end of the caller's speech: for the waterfall.</summary>
    public ImmutableArray<Bar> Bars { get; init; } = [];
}

/// <summary>A bar of a waterfall; times in milliseconds since the end of the caller's speech.</summary>
internal sealed record Bar(string What, double FromMs, double ToMs);

/// <summary>What a turn needs.</summary>
internal enum TurnKind
{
    /// <summary>No tool.</summary>
    None,

    /// <summary>The answer rests on a read.</summary>
    Read,

    /// <summary>The caller says yes, and the answer is the outcome of a write.</summary>
    Write,
}

/// <summary>The state that one policy left behind in one dialogue.</summary>
/// <param name="Dialogue">Which.</param>
/// <param name="Policy">Whose.</param>
/// <param name="Effects">Effects that were done, with their arguments, sorted: <c>service.method(a=b, ...)</c>.</param>
/// <param name="Annotated">Of the annotated writes, those that could be reached (all arguments known before the read-back).</param>
internal sealed record DialogueFigure(string Dialogue, string Policy, ImmutableArray<string> Effects, ImmutableArray<string> Annotated)
{
    /// <summary>Reads that reached the back end with arguments that were never recorded, as counted by the product's run.</summary>
    public int Unrecorded { get; init; }
}
