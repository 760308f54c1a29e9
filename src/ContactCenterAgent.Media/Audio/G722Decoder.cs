namespace ContactCenterAgent.Media.Audio;

/// <summary>Decodes G.722 at 64 kbit/s (ITU-T G.722, mode 1): two samples for one byte. All 256 bytes are valid.</summary>
/// <remarks>Allocates only when it is made. One for each stream; what was lost on the way fades from its memory within some milliseconds. Not thread-safe.</remarks>
public sealed class G722Decoder
{
    private const int BandMax = 16383;

    // Table 18, QM6: differences of the lower band by its whole code.
    private static readonly short[] Low6 =
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    private readonly int[] _line = new int[24];
    private G722Band _low;
    private G722Band _high;

    /// <summary>Makes one.</summary>
    public G722Decoder() => Reset();

    /// <summary>Another stream begins.</summary>
    public void Reset()
    {
        Array.Clear(_line);
        (_low, _high) = (G722Band.Starting(G722Tables.LowScaleStart), G722Band.Starting(G722Tables.HighScaleStart));
    }

    /// <summary>Decodes one payload.</summary>
    /// <param name="payload">Any length; 160 bytes are 20 ms.</param>
    /// <param name="samples">Receives 16-bit linear samples, 16000 a second: two for each byte.</param>
    /// <exception cref="ArgumentException"><paramref name="samples"/> is too short.</exception>
    public void Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        if (samples.Length < 2 * payload.Length) throw new ArgumentException("There are more bytes than room for samples.", nameof(samples));
        for (var i = 0; i < payload.Length; i++) (samples[2 * i], samples[(2 * i) + 1]) = Decode(payload[i]);
    }

    private (short First, short Second) Decode(byte code)
    {
        var low = Limit(_low.Predicted + ((_low.Scale * Low6[code & 0x3F]) >> 15));
        G722Tables.AdaptLow(ref _low, code & 0x3F);
        var predicted = _high.Predicted;
        var high = Limit(predicted + G722Tables.AdaptHigh(ref _high, code >> 6));

        _line.AsSpan(2).CopyTo(_line);
        (_line[22], _line[23]) = (low + high, low - high);
        int first = 0, second = 0;
        var taps = G722Tables.Taps;
        for (var i = 0; i < taps.Length; i++)
        {
            second += _line[2 * i] * taps[i];
            first += _line[(2 * i) + 1] * taps[^(i + 1)];
        }

        // 12 bits for the filter's gain, less one because the bands have 15 bits.
        return ((short)G722Band.Saturate(first >> 11), (short)G722Band.Saturate(second >> 11));
    }

    private static int Limit(int value) => Math.Clamp(value, -BandMax - 1, BandMax);
}
