namespace ContactCenterAgent.Media.Audio;

/// <summary>Noise at a level that the far end names while it sends nothing (RFC 3389). Without it a line in a pause sounds dead.</summary>
/// <remarks>The spectrum that a payload may carry behind its level is not used: the noise is white. Not thread-safe.</remarks>
public sealed class ComfortNoise
{
    /// <summary>The static RTP payload type (RFC 3551 table 4).</summary>
    public const byte PayloadType = 13;

    private uint _random = 0x9E3779B9;
    private int _amplitude;

    /// <summary>Takes the level of a payload.</summary>
    /// <param name="payload">One byte of level, 0 to 127 decibels under the overload point (RFC 3389 section 3.1); what follows is the spectrum. Empty = silence.</param>
    public void Take(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            _amplitude = 0;
            return;
        }

        // Even noise between -a and a has a root mean square of a / sqrt(3).
        _amplitude = (int)Math.Min(32767, Math.Sqrt(3 * Level.PowerOf(-(payload[0] & 0x7F))));
    }

    /// <summary>Fills a frame.</summary>
    public void Fill(Span<short> frame)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            frame[i] = (short)((int)(short)_random * _amplitude / 32768);
        }
    }
}
