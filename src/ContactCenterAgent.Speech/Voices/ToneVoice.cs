using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>Where no voice is installed: two short tones a sentence, so that the caller hears that somebody is there, and tests hear that sound flows.</summary>
public sealed class ToneVoice : ITextToSpeech
{
    private const int Rate = 8000;
    private static readonly short[] Tones = [.. Tone(440, 0.16), .. Tone(0, 0.04), .. Tone(554, 0.16), .. Tone(0, 0.14)];

    /// <inheritdoc/>
    public int SampleRate => Rate;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpokenAudio> SpeakAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) yield break;
        await ValueTask.CompletedTask;
        yield return new(Tones, text.Length);
    }

    private static IEnumerable<short> Tone(double hertz, double seconds)
    {
        var count = (int)(seconds * Rate);
        for (var i = 0; i < count; i++)
        {
            // Ten milliseconds up and down: a tone that begins at once clicks.
            var edge = Math.Min(1, Math.Min(i, count - i) / 80.0);
            yield return (short)(6000 * edge * Math.Sin(2 * Math.PI * hertz * i / Rate));
        }
    }
}
