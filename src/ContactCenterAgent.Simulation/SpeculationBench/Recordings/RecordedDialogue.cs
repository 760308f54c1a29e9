using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Recordings;

/// <summary>A recorded dialogue with annotated service calls and word times.</summary>
internal sealed record RecordedDialogue(string Id, ImmutableArray<string> Services, ImmutableArray<RecordedTurn> Turns);

/// <summary>One party's turn.</summary>
internal sealed record RecordedTurn
{
    /// <summary>Its index in the dialogue.</summary>
    public required int Index { get; init; }

    /// <summary>The caller's; else the agent's.</summary>
    public required bool IsCaller { get; init; }

    /// <summary>As written.</summary>
    public required string Text { get; init; }

    /// <summary>The caller's words in order; empty for the agent.</summary>
    public ImmutableArray<RecordedWord> Words { get; init; } = [];

    /// <summary>How long the caller speaks.</summary>
    public TimeSpan Speech { get; init; }

    /// <summary>What the caller's turn says, service by service.</summary>
    public ImmutableArray<RecordedFrame> Frames { get; init; } = [];

    /// <summary>What the agent's turn says.</summary>
    public ImmutableArray<RecordedAct> Acts { get; init; } = [];

    /// <summary>What the agent called before it spoke.</summary>
    public ImmutableArray<RecordedCall> Calls { get; init; } = [];

    public bool Has(string act) => Acts.Any(a => a.Act == act) || Frames.Any(f => f.Acts.Any(a => a.Act == act));
}

/// <summary>A word of the caller's with its characters in the turn's text and its times since the turn began.</summary>
internal readonly record struct RecordedWord(string Text, int Start, int End, TimeSpan From, TimeSpan To);

/// <summary>What a turn says of one service.</summary>
internal sealed record RecordedFrame(
    string Service, string Intent, ImmutableArray<RecordedAct> Acts, ImmutableArray<RecordedSpan> Spans, ImmutableSortedDictionary<string, ImmutableArray<string>> State);

/// <summary>A dialogue act.</summary>
internal sealed record RecordedAct(string Service, string Act, string Slot, ImmutableArray<string> Values, ImmutableArray<string> Canonical);

/// <summary>A slot's value in the words; <paramref name="End"/> is exclusive.</summary>
internal sealed record RecordedSpan(string Slot, int Start, int End, string Value);

/// <summary>An annotated service call.</summary>
internal sealed record RecordedCall
{
    public required string Service { get; init; }

    public required string Method { get; init; }

    /// <summary><c>service.method</c>.</summary>
    public string Name => Service + "." + Method;

    public required bool IsWrite { get; init; }

    public required ImmutableSortedDictionary<string, string> Arguments { get; init; }

    /// <summary>Where and when each argument became known.</summary>
    public ImmutableSortedDictionary<string, ArgumentSource> Source { get; init; } = ImmutableSortedDictionary<string, ArgumentSource>.Empty;

    /// <summary>The caller's turn that it answers.</summary>
    public required int AfterTurn { get; init; }

    /// <summary>The caller's turn that said yes; null for reads.</summary>
    public int? AffirmedTurn { get; init; }

    /// <summary>When every argument was known: the turn, and the time since it began.</summary>
    public required int ReadyTurn { get; init; }

    public required TimeSpan ReadyAt { get; init; }

    /// <summary>How many rows the back end had; the first two of them follow.</summary>
    public required int Results { get; init; }

    public ImmutableArray<ImmutableSortedDictionary<string, string>> FirstResults { get; init; } = [];
}

/// <summary>Where an argument came from: <c>span</c>, <c>text</c>, <c>turn</c>, <c>offer</c>, <c>carried</c> or <c>nowhere</c>.</summary>
internal sealed record ArgumentSource(string From, int? Turn, TimeSpan? At);
