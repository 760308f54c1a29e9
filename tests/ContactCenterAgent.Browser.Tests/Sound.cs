using System.Buffers.Binary;
using System.Numerics;
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

    /// <summary>How alike the waves are, up to 4000 Hz: 1 = the same but for loudness. Taken in pieces of 400 ms, of which the middle one counts: a machine that is too busy leaves gaps between them.</summary>
    public static double Wave(short[] heard, short[] expected)
    {
        var all = Half(heard);
        var pieces = Half(expected).Chunk(3_200).Where(p => p.Length == 3_200 && Math.Sqrt(p.Average(s => s * s)) > 300).Select(p => Best(all, p)).Order().ToList();
        return pieces[pieces.Count / 2];
    }

    /// <summary>Seconds of sound that is loud enough to be speech.</summary>
    public static double Spoken(short[] heard) => Loudness(heard).Count(l => l > 300) / 50.0;

    private static float[] Half(short[] samples) => [.. AtRate(samples, Rate, Rate / 2).Select(s => (float)s)];

    private static float[] Loudness(short[] samples) => [.. samples.Chunk(Rate / 50).Select(f => (float)Math.Sqrt(f.Average(s => (double)s * s)))];

    /// <summary>The largest correlation over all places where what was expected fits into what was heard.</summary>
    private static double Best(float[] heard, float[] expected)
    {
        var (sums, squares) = (Running(heard, s => s), Running(heard, s => (double)s * s));
        var (sum, square) = (expected.Sum(s => (double)s), expected.Sum(s => (double)s * s));
        var (count, best) = (expected.Length, 0.0);
        var spread = Math.Sqrt(Math.Max(0, square - (sum * sum / count)));
        for (var at = 0; at + count <= heard.Length; at++)
        {
            var (level, power) = (sums[at + count] - sums[at], squares[at + count] - squares[at]);
            var width = Math.Sqrt(Math.Max(0, power - (level * level / count)));
            if (width > 1) best = Math.Max(best, (Product(heard.AsSpan(at, count), expected) - (level * sum / count)) / (spread * width));
        }

        return best;
    }

    private static double[] Running(float[] values, Func<float, double> of)
    {
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++) sums[i + 1] = sums[i] + of(values[i]);
        return sums;
    }

    private static double Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var at = 0;
        for (; at + Vector<float>.Count <= a.Length; at += Vector<float>.Count) sum += new Vector<float>(a[at..]) * new Vector<float>(b[at..]);
        var rest = 0.0;
        for (; at < a.Length; at++) rest += a[at] * b[at];
        return Vector.Sum(sum) + rest;
    }
}
