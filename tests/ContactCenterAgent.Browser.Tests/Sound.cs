using System.Buffers.Binary;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>Speech to call with, and how alike two pieces of sound are.</summary>
internal static class Sound
{
    public const int Rate = 16_000;

    /// <summary>What espeak-ng makes of a sentence.</summary>
    public static async Task<short[]> SpeakAsync(string sentence, int rate = Rate)
    {
        using var voice = new EspeakVoice(new());
        var all = new List<short>();
        await foreach (var piece in voice.SpeakAsync(sentence, CancellationToken.None)) all.AddRange(piece.Samples.ToArray());
        return AtRate([.. all], voice.SampleRate, rate);
    }

    /// <summary>Writes what a microphone is to hear.</summary>
    public static async Task WriteAsync(string file, params short[][] pieces)
    {
        var samples = pieces.SelectMany(p => p).ToArray();
        var bytes = new byte[2 * samples.Length];
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), samples[i]);
        await File.WriteAllBytesAsync(file, [.. WavWriter.Header(Rate, 1, (uint)bytes.Length), .. bytes]);
    }

    /// <summary>Nothing to hear.</summary>
    public static short[] Silence(double seconds) => new short[(int)(seconds * Rate)];

    public static short[] AtRate(short[] samples, int from, int to)
    {
        if (from == to) return samples;
        var resampler = new Resampler(from, to);
        var output = new short[resampler.OutputMax(samples.Length)];
        return output[..resampler.Resample(samples, output)];
    }

    /// <summary>How alike the loudness is, 20 ms by 20 ms, where it fits best: 1 = the same. What loudness a device gives and what it takes for noise does not count for much.</summary>
    public static double Envelope(short[] heard, short[] expected) => Best(Loudness(heard), Loudness(expected));

    /// <summary>How alike the waves are, up to 4000 Hz: 1 = the same but for loudness. Taken in pieces of 200 ms, of which the middle one counts: a machine that is too busy leaves gaps between them.</summary>
    public static double Wave(short[] heard, short[] expected)
    {
        var all = Half(heard);
        var pieces = Half(expected).Chunk(1_600).Where(p => p.Length == 1_600 && Math.Sqrt(p.Average(s => s * s)) > 300).Select(p => Best(all, p)).Order().ToList();
        return pieces[pieces.Count / 2];
    }

    /// <summary>Seconds of sound that is loud enough to be speech.</summary>
    public static double Spoken(short[] heard) => Loudness(heard).Count(l => l > 300) / 50.0;

    private static double[] Half(short[] samples) => [.. AtRate(samples, Rate, Rate / 2).Select(s => (double)s)];

    private static double[] Loudness(short[] samples) => [.. samples.Chunk(Rate / 50).Select(f => Math.Sqrt(f.Average(s => (double)s * s)))];

    /// <summary>The largest correlation over all places where what was expected fits into what was heard.</summary>
    private static double Best(double[] heard, double[] expected)
    {
        var best = 0.0;
        var (mean, spread) = Moments(expected);
        for (var at = 0; at + expected.Length <= heard.Length; at++)
        {
            var window = heard.AsSpan(at, expected.Length);
            var (level, width) = Moments(window);
            if (width == 0) continue;
            var sum = 0.0;
            for (var i = 0; i < expected.Length; i++) sum += (window[i] - level) * (expected[i] - mean);
            best = Math.Max(best, sum / (spread * width));
        }

        return best;
    }

    private static (double Mean, double Spread) Moments(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values) (sum, squares) = (sum + value, squares + (value * value));
        var mean = sum / values.Length;
        return (mean, Math.Sqrt(Math.Max(0, squares - (sum * mean))));
    }
}
