using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>What somebody who has heard a dialogue up to some word knows of the caller's wishes.</summary>
internal sealed record DialogueReading
{
    /// <summary>Methods wanted, <c>service.method</c>, in the order in which they were wished for.</summary>
    public ImmutableArray<string> Wanted { get; init; } = [];

    /// <summary>Values by <c>service.slot</c>.</summary>
    public ImmutableSortedDictionary<string, ReadValue> Values { get; init; } = ImmutableSortedDictionary.Create<string, ReadValue>(StringComparer.Ordinal);

    /// <summary>What the words answer to the read-back before them.</summary>
    public Affirmation Affirmation { get; init; }

    /// <summary>Nothing in the words is left unexplained but values, wishes and a yes.</summary>
    public bool Explained { get; init; }

    /// <summary>The words of this turn have said something at all.</summary>
    public bool SaidAny { get; init; }
}

/// <summary>A value with the words of the present turn that said it; no words = it was known before.</summary>
/// <param name="Canonical">As tools take it.</param>
/// <param name="Words">Indices into the turn's streamed words.</param>
internal readonly record struct ReadValue(string Canonical, ImmutableArray<int> Words);

/// <summary>Reads one dialogue word by word. What it says of the first words of a turn may rest on nothing that comes after them.</summary>
internal interface IDialogueReader
{
    /// <summary>Reads the dialogue up to a word.</summary>
    /// <param name="spoken">The turn that is being spoken; everything before it has been heard by both sides.</param>
    /// <param name="heard">The turn's words as recognised so far, one for each streamed word.</param>
    DialogueReading Read(StreamedTurn spoken, ReadOnlySpan<string> heard);
}
