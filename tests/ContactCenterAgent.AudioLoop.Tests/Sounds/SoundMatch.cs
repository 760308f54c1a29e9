using System.Numerics;

namespace ContactCenterAgent.AudioLoop.Tests.Sounds;

/// <summary>Finds known sound in what was heard.</summary>
internal static class SoundMatch
{
    /// <summary>How much the best place of the heard sound is like the known one: the correlation of their samples, 1 = the same, 0 = nothing in common.</summary>
    public static double Find(short[] heard, short[] known)
    {
        var (sound, sought) = (Floats(heard), Floats(known.AsSpan().Trim((short)0)));
        if (sound.Length < sought.Length) return 0;

        // The loudest quarter of a second finds the place; all of it says how well it fits.
        var (start, length) = Loudest(sought, Math.Min(sought.Length, Espeak.SampleRate / 4));
        var (best, place) = (-1.0, 0);
        for (var at = 0; at + sought.Length <= sound.Length; at++)
        {
            var like = Correlate(sound.AsSpan(at + start, length), sought.AsSpan(start, length));
            if (like > best) (best, place) = (like, at);
        }

        return Correlate(sound.AsSpan(place, sought.Length), sought);
    }

    private static float[] Floats(ReadOnlySpan<short> samples)
    {
        var floats = new float[samples.Length];
        for (var i = 0; i < samples.Length; i++) floats[i] = samples[i];
        return floats;
    }

    private static (int Start, int Length) Loudest(ReadOnlySpan<float> samples, int length)
    {
        var (best, start) = (-1.0, 0);
        for (var at = 0; at + length <= samples.Length; at += Espeak.SampleRate / 50)
        {
            var power = 0.0;
            foreach (var sample in samples.Slice(at, length)) power += sample * sample;
            if (power > best) (best, start) = (power, at);
        }

        return (start, length);
    }

    private static double Correlate(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (ab, aa, bb) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
        {
            var (x, y) = (new Vector<float>(a[i..]), new Vector<float>(b[i..]));
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }

        var power = Math.Sqrt(Vector.Sum(aa)) * Math.Sqrt(Vector.Sum(bb));
        return power == 0 ? 0 : Vector.Sum(ab) / power;
    }
}
