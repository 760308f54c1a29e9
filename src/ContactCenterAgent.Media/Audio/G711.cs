namespace ContactCenterAgent.Media.Audio;

/// <summary>The two laws of G.711: how 16-bit samples become the bytes of the telephone network and back (ITU-T G.711; RFC 3551 section 4.5.14).</summary>
public enum G711Law
{
    /// <summary>Mu-law: PCMU, RTP payload type 0. North America and Japan.</summary>
    Mu,

    /// <summary>A-law: PCMA, RTP payload type 8. The rest of the world.</summary>
    A,
}

/// <summary>G.711 by tables. One byte a sample, 8000 samples a second; all 256 bytes are valid.</summary>
public static class G711
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 8000;

    private const int MuBias = 0x84;
    private const int MuClip = 32635;

    private static readonly short[] MuSamples = Decoded(MuSample);
    private static readonly short[] ASamples = Decoded(ASample);

    // Mu-law looks at 14 bits of a sample and A-law at 13: the low bits never matter.
    private static readonly byte[] MuBytes = Encoded(2, MuByte);
    private static readonly byte[] ABytes = Encoded(3, AByte);

    /// <summary>The byte of digital silence: 0xFF in mu-law, 0xD5 in A-law. A zero would be the loudest click there is.</summary>
    public static byte Silence(G711Law law) => law == G711Law.Mu ? (byte)0xFF : (byte)0xD5;

    /// <summary>Decodes one payload.</summary>
    /// <param name="law">Which of the two.</param>
    /// <param name="payload">Any length; 160 bytes are 20 ms.</param>
    /// <param name="samples">Receives 16-bit linear samples; at least <paramref name="payload"/>'s length.</param>
    /// <exception cref="ArgumentException"><paramref name="samples"/> is too short.</exception>
    public static void Decode(G711Law law, ReadOnlySpan<byte> payload, Span<short> samples)
    {
        if (samples.Length < payload.Length) throw new ArgumentException("There are more bytes than room for samples.", nameof(samples));
        var table = law == G711Law.Mu ? MuSamples : ASamples;
        for (var i = 0; i < payload.Length; i++) samples[i] = table[payload[i]];
    }

    /// <summary>Encodes samples.</summary>
    /// <param name="law">Which of the two.</param>
    /// <param name="samples">16-bit linear samples, 8000 a second.</param>
    /// <param name="payload">Receives one byte a sample; at least <paramref name="samples"/>'s length.</param>
    /// <exception cref="ArgumentException"><paramref name="payload"/> is too short.</exception>
    public static void Encode(G711Law law, ReadOnlySpan<short> samples, Span<byte> payload)
    {
        if (payload.Length < samples.Length) throw new ArgumentException("There are more samples than room for bytes.", nameof(payload));
        var (table, shift) = law == G711Law.Mu ? (MuBytes, 2) : (ABytes, 3);
        for (var i = 0; i < samples.Length; i++) payload[i] = table[(samples[i] + 32768) >> shift];
    }

    private static short[] Decoded(Func<byte, short> sample) => [.. Enumerable.Range(0, 256).Select(b => sample((byte)b))];

    private static byte[] Encoded(int shift, Func<int, byte> encode) => [.. Enumerable.Range(0, 65536 >> shift).Select(i => encode((i << shift) - 32768))];

    private static short MuSample(byte value)
    {
        var code = ~value;
        var magnitude = ((((code & 0x0F) << 3) + MuBias) << ((code & 0x70) >> 4)) - MuBias;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static byte MuByte(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(sample < 0 ? -sample : sample, MuClip) + MuBias;
        var exponent = 31 - int.LeadingZeroCount(magnitude) - 7;
        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    private static short ASample(byte value)
    {
        var code = value ^ 0x55;
        var exponent = (code & 0x70) >> 4;
        var magnitude = ((code & 0x0F) << 4) + 8;
        if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
        return (short)((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte AByte(int sample)
    {
        // The negative half mirrors the positive one about -1/2 of a step (G.711 table 1a).
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = sample >= 0 ? sample : -sample - 8;
        if (magnitude < 0) magnitude = 0;
        var exponent = magnitude < 0x100 ? 0 : 31 - int.LeadingZeroCount(magnitude) - 7;
        var mantissa = exponent == 0 ? magnitude >> 4 : (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)((sign | (exponent << 4) | mantissa) ^ 0x55);
    }
}
