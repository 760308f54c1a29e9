using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>A caller's turn as it is spoken and recognised: the same for every policy.</summary>
/// <param name="Turn">Index of the recorded turn.</param>
/// <param name="Words">In order, with pauses between them where two words do not touch.</param>
/// <param name="Taken">Values that were said wrongly on purpose and taken back, by the words that said them.</param>
internal sealed record StreamedTurn(int Turn, ImmutableArray<StreamedWord> Words, ImmutableArray<WrongValue> Taken)
{
    /// <summary>How long the caller speaks: the end of the last word.</summary>
    public TimeSpan Speech => Words.IsEmpty ? TimeSpan.Zero : Words[^1].To;
}

/// <summary>One spoken word.</summary>
/// <param name="Text">As the final has it, without punctuation.</param>
/// <param name="From">Since the turn began.</param>
/// <param name="To">Since the turn began.</param>
/// <param name="Source">Index of the recorded word that it is; -1 = added (a filler, a repeat, a false start, a wrong value and what takes it back).</param>
/// <param name="Misheard">What partials say for it at first; null = they have it right, empty = they lack it.</param>
internal readonly record struct StreamedWord(string Text, TimeSpan From, TimeSpan To, int Source, string? Misheard);

/// <summary>A wrong value, said and then taken back.</summary>
/// <param name="Service">Whose slot.</param>
/// <param name="Slot">Which.</param>
/// <param name="Canonical">The value that was wrong.</param>
/// <param name="First">Index of the first word that says it, in <see cref="StreamedTurn.Words"/>.</param>
/// <param name="Last">Index of its last word.</param>
internal sealed record WrongValue(string Service, string Slot, string Canonical, int First, int Last);

/// <summary>How speech is made harder. All zero: as recorded.</summary>
internal sealed record SpeechOptions
{
    /// <summary>Chance of a disfluency at each place where one is usual: fillers, repeats, false starts, a wrong value taken back. 0 to 1.</summary>
    public double Disfluency { get; init; }

    /// <summary>Chance of a pause of 300 to 900 ms at each place where one is usual. 0 to 1.</summary>
    public double Pauses { get; init; }

    /// <summary>Chance that a word is misheard in its first partials. 0 to 1.</summary>
    public double Unstable { get; init; }

    /// <summary>Word durations are multiplied by an even draw from 1 - Jitter to 1 + Jitter. 0 to 0.5.</summary>
    public double Jitter { get; init; }

    /// <summary>Word times are multiplied by this. Default 1.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>A partial comes this long after the end of its last word. Default 150 ms.</summary>
    public TimeSpan PartialLag { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>A final comes this long after speech. Default 300 ms.</summary>
    public TimeSpan FinalLag { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Any number; the same gives the same speech.</summary>
    public long Seed { get; init; } = 1;
}
