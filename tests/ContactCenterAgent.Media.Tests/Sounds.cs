using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests;

/// <summary>Sounds to test with.</summary>
internal static class Sounds
{
    public static short[] Tone(int samples, double hertz = 200, int rate = 8000, double amplitude = 8000, int from = 0) =>
        [.. Enumerable.Range(from, samples).Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    /// <summary>Something like a voice: a buzz with a fundamental and formant-like partials.</summary>
    public static short[] Voice(int samples, int from = 0, double amplitude = 3000) =>
        [.. Enumerable.Range(from, samples).Select(i => (short)(amplitude * (Math.Sin(2 * Math.PI * 125 * i / 8000) + (0.6 * Math.Sin(2 * Math.PI * 500 * i / 8000)) + (0.3 * Math.Sin(2 * Math.PI * 1500 * i / 8000)))))];

    public static short[] Noise(int samples, double decibels, int seed = 1)
    {
        var random = new Random(seed);
        var amplitude = Math.Sqrt(3 * Level.PowerOf(decibels));
        return [.. Enumerable.Range(0, samples).Select(_ => (short)(((random.NextDouble() * 2) - 1) * amplitude))];
    }

    public static double Decibels(ReadOnlySpan<short> samples) => Level.Decibels(Level.Power(samples));

    /// <summary>Bytes that a piece of work allocates on this thread, once it has been run for its tables and its compiled form.</summary>
    public static long Allocated(Action work)
    {
        work();
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
