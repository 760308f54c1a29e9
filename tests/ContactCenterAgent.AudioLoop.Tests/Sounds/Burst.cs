namespace ContactCenterAgent.AudioLoop.Tests.Sounds;

/// <summary>Sound that is loud from its first sample to the last: a caller for listeners that understand everything.</summary>
internal static class Burst
{
    /// <summary>A tone that wavers as a voice does, at a telephone's rate.</summary>
    public static short[] Of(TimeSpan length, int sampleRate = 8_000) =>
        [.. Enumerable.Range(0, (int)(length.TotalSeconds * sampleRate)).Select(i => (short)(8_000 * (1 + (0.3 * Math.Sin(2 * Math.PI * 5 * i / sampleRate))) * Math.Cos(2 * Math.PI * 310 * i / sampleRate)))];
}
