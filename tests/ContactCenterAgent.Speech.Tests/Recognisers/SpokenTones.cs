using System.Runtime.CompilerServices;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>A language of seven words, each a tone of its own for 300 ms: any server of a test can understand it, at any rate.</summary>
internal static class SpokenTones
{
    public static readonly string[] Words = ["one", "two", "three", "four", "five", "six", "seven"];

    public const double WordSeconds = 0.3;

    /// <summary>0.5 s of silence, four words, 0.8 s of silence, three words, 0.8 s of silence.</summary>
    public static short[] TwoUtterances(int sampleRate) =>
        [.. Silence(0.5, sampleRate), .. Say(0, 4, sampleRate), .. Silence(0.8, sampleRate), .. Say(4, 3, sampleRate), .. Silence(0.8, sampleRate)];

    public static short[] Silence(double seconds, int sampleRate) => new short[(int)(seconds * sampleRate)];

    public static IEnumerable<short> Say(int first, int count, int sampleRate) =>
        Enumerable.Range(first, count).SelectMany(word => Enumerable.Range(0, (int)(WordSeconds * sampleRate))
            .Select(i => (short)(9000 * Math.Sin(2 * Math.PI * Hertz(word) * i / sampleRate))));

    /// <summary>The word of a stretch; null = silence.</summary>
    public static int? Understand(ReadOnlySpan<short> frame, int sampleRate)
    {
        var (crossings, loud) = (0, 0);
        for (var i = 1; i < frame.Length; i++)
        {
            if (frame[i - 1] < 0 != frame[i] < 0) crossings++;
            loud = Math.Max(loud, Math.Abs((int)frame[i]));
        }

        return loud < 2000 ? null : Math.Clamp((int)Math.Round(((crossings * (double)sampleRate / frame.Length / 2) - Hertz(0)) / 200), 0, Words.Length - 1);
    }

    /// <summary>Gives samples at five times the pace of speech.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<short>> PacedAsync(short[] samples, int sampleRate, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(4));
        for (var at = 0; at < samples.Length; at += sampleRate / 50)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            yield return samples.AsMemory(at, Math.Min(sampleRate / 50, samples.Length - at));
        }
    }

    private static double Hertz(int word) => 300 + (200 * word);
}
