namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>What a line reports of a caller's turn.</summary>
/// <param name="At">Since the turn began.</param>
/// <param name="Kind">What.</param>
/// <param name="Words">How many of the turn's words have been heard; for voice activity, how many have been said.</param>
/// <param name="FirstWord">Where the present utterance begins: a transcript has the words from here on, those before are settled.</param>
internal readonly record struct SpeechEvent(TimeSpan At, SpeechEventKind Kind, int Words, int FirstWord);

/// <summary>Kinds of <see cref="SpeechEvent"/>.</summary>
internal enum SpeechEventKind
{
    /// <summary>Speech after silence.</summary>
    VoiceStarted,

    /// <summary>A first reading of the utterance so far.</summary>
    Partial,

    /// <summary>The last reading of an utterance.</summary>
    Final,

    /// <summary>Silence after speech.</summary>
    VoiceEnded,
}
