using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>
/// Says how many characters have been spoken where a voice does not: at 15 a second while it is not known how long the sound will be, and all of them at the end.
/// </summary>
internal static class SpokenPace
{
    private const double CharactersASecond = 15;

    /// <summary>Pieces with their characters.</summary>
    public static async IAsyncEnumerable<SpokenAudio> OfAsync(PcmStream pcm, string text, int sampleRate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await pcm.ReadAsync(cancellationToken) is { Length: > 0 } piece)
            yield return new(piece, pcm.IsOver ? text.Length : (int)Math.Clamp(pcm.Samples * CharactersASecond / sampleRate, 0, text.Length - 1.0));
    }
}
