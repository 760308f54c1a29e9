namespace ContactCenterAgent.Media.Audio;

/// <summary>How loud a stretch of samples is.</summary>
public static class Level
{
    /// <summary>Mean square of the samples; 0 for none.</summary>
    public static double Power(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty) return 0;
        long sum = 0;
        foreach (var sample in samples) sum += sample * sample;
        return (double)sum / samples.Length;
    }

    /// <summary>A mean square as decibels under the overload point: 0 is a full-scale square wave, digital silence is -100.</summary>
    public static double Decibels(double power) => power <= 0 ? -100 : Math.Max(-100, 10 * Math.Log10(power / (32767.0 * 32767.0)));

    /// <summary>The mean square of a level in decibels under the overload point.</summary>
    public static double PowerOf(double decibels) => Math.Pow(10, decibels / 10) * 32767.0 * 32767.0;
}
