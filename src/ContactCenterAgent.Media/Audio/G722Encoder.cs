namespace ContactCenterAgent.Media.Audio;

/// <summary>Encodes speech of 7 kHz to 64 kbit/s: ITU-T G.722, mode 1. One byte for two samples; RTP's static payload type 9, whose clock runs at 8000 (RFC 3551 section 4.5.2).</summary>
/// <remarks>Allocates only when it is made. One for each stream, for it remembers what came before. Not thread-safe.</remarks>
public sealed class G722Encoder
{
    // Table 14, Q6: where the steps of the lower band's quantiser end.
    private static readonly short[] Decisions =
    [
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    private readonly int[] _line = new int[24];
    private G722Band _low = G722Band.Starting(G722Tables.LowScaleStart);
    private G722Band _high = G722Band.Starting(G722Tables.HighScaleStart);

    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Encodes samples.</summary>
    /// <param name="samples">16-bit linear samples, 16000 a second; an even number of them.</param>
    /// <param name="payload">Receives a byte for two samples.</param>
    /// <exception cref="ArgumentException">The number is odd, or <paramref name="payload"/> is too short.</exception>
    public void Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (samples.Length % 2 != 0) throw new ArgumentException("Samples come in pairs.", nameof(samples));
        if (payload.Length < samples.Length / 2) throw new ArgumentException("There are more samples than room for bytes.", nameof(payload));
        for (var i = 0; i < samples.Length; i += 2) payload[i / 2] = Encode(samples[i], samples[i + 1]);
    }

    private byte Encode(short first, short second)
    {
        _line.AsSpan(2).CopyTo(_line);
        (_line[22], _line[23]) = (first, second);
        int even = 0, odd = 0;
        var taps = G722Tables.Taps;
        for (var i = 0; i < taps.Length; i++)
        {
            odd += _line[2 * i] * taps[i];
            even += _line[(2 * i) + 1] * taps[^(i + 1)];
        }

        // 12 bits for the filter's gain, one for the sum of its two halves, one because the bands have 15 bits.
        var low = LowCode((even + odd) >> 14);
        var high = HighCode((even - odd) >> 14);
        G722Tables.AdaptLow(ref _low, low);
        G722Tables.AdaptHigh(ref _high, high);
        return (byte)((high << 6) | low);
    }

    /// <summary>SUBTRA and QUANTL. Codes fall as a difference grows, 61 to 32 above zero; below it 63 and 62, then 31 to 4. The lowest four are never sent (table 16).</summary>
    private int LowCode(int sample)
    {
        var difference = G722Band.Saturate(sample - _low.Predicted);
        var size = difference < 0 ? -(difference + 1) : difference;
        var step = 1;
        while (step < Decisions.Length && size >= (Decisions[step] * _low.Scale) >> 12) step++;
        return difference >= 0 ? 62 - step : step <= 2 ? 64 - step : 34 - step;
    }

    /// <summary>SUBTRA and QUANTH.</summary>
    private int HighCode(int sample)
    {
        var difference = G722Band.Saturate(sample - _high.Predicted);
        var size = difference < 0 ? -(difference + 1) : difference;
        var large = size >= (564 * _high.Scale) >> 12;
        return difference < 0 ? (large ? 0 : 1) : large ? 2 : 3;
    }
}
