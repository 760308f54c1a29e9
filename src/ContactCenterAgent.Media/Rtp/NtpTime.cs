namespace ContactCenterAgent.Media.Rtp;

/// <summary>Wall clock as RTCP carries it: seconds since 1900 in the upper 32 bits, their fraction in the lower (RFC 3550 section 4).</summary>
public static class NtpTime
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The 64-bit form.</summary>
    public static ulong Of(DateTimeOffset wall)
    {
        var ticks = (ulong)(wall - Epoch).Ticks;
        var seconds = ticks / TimeSpan.TicksPerSecond;
        var fraction = ((ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return (seconds << 32) | fraction;
    }

    /// <summary>The middle 32 bits: what a report quotes.</summary>
    public static uint Middle(ulong ntp) => (uint)(ntp >> 16);
}
