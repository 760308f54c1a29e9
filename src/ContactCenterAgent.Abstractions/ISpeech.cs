using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Abstractions;

/// <summary>Audio to words: partials with word times, stability and n-best, then a final, utterance by utterance.</summary>
public interface ISpeechToText
{
    /// <summary>Recognises one leg's audio until it ends.</summary>
    /// <param name="audio">16-bit linear samples, mono, at <see cref="SampleRate"/>, in frames of any length.</param>
    /// <param name="cancellationToken">Ends the recognition.</param>
    /// <returns><see cref="PartialHeard"/> and <see cref="FinalHeard"/>; word times are since the first sample.</returns>
    /// <exception cref="RecogniserException">It cannot go on.</exception>
    IAsyncEnumerable<CallEvent> RecogniseAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationToken cancellationToken);

    /// <summary>Samples a second that it takes.</summary>
    int SampleRate { get; }
}

/// <summary>Words to audio, cancellable in mid-word.</summary>
public interface ITextToSpeech
{
    /// <summary>Speaks a text.</summary>
    /// <returns>16-bit linear samples, mono, at <see cref="SampleRate"/>, with the characters of the text that have been spoken by the end of each piece.</returns>
    IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, CancellationToken cancellationToken);

    /// <summary>Samples a second that it gives.</summary>
    int SampleRate { get; }
}

/// <summary>A piece of speech.</summary>
/// <param name="Samples">16-bit linear, mono.</param>
/// <param name="Characters">Characters of the text spoken by the end of this piece.</param>
public readonly record struct SpokenAudio(ReadOnlyMemory<short> Samples, int Characters);
