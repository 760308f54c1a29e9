using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests.Audio;

public sealed class G711Tests
{
    // The ends and the middle of both tables of ITU-T G.711.
    [Theory]
    [InlineData(G711Law.Mu, 0xFF, 0)]
    [InlineData(G711Law.Mu, 0x7F, 0)]
    [InlineData(G711Law.Mu, 0x80, 32124)]
    [InlineData(G711Law.Mu, 0x00, -32124)]
    [InlineData(G711Law.Mu, 0xFE, 8)]
    [InlineData(G711Law.A, 0xD5, 8)]
    [InlineData(G711Law.A, 0x55, -8)]
    [InlineData(G711Law.A, 0xAA, 32256)]
    [InlineData(G711Law.A, 0x2A, -32256)]
    public void Decode_KnownBytes_GiveTheTablesValues(G711Law law, byte value, short sample)
    {
        var samples = new short[1];
        G711.Decode(law, [value], samples);
        samples[0].ShouldBe(sample);
    }

    [Theory]
    [InlineData(G711Law.Mu)]
    [InlineData(G711Law.A)]
    public void Encode_EveryByte_ComesBackAsItself(G711Law law)
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        var samples = new short[256];
        var again = new byte[256];
        G711.Decode(law, all, samples);
        G711.Encode(law, samples, again);

        // Mu-law has two zeros.
        if (law == G711Law.Mu) all[0x7F] = 0xFF;
        again.ShouldBe(all);
    }

    [Theory]
    [InlineData(G711Law.Mu)]
    [InlineData(G711Law.A)]
    public void Encode_EverySample_IsDecodedToANeighbour(G711Law law)
    {
        short[] all = [.. Enumerable.Range(short.MinValue, 65536).Select(s => (short)s)];
        var bytes = new byte[all.Length];
        var back = new short[all.Length];
        G711.Encode(law, all, bytes);
        G711.Decode(law, bytes, back);

        // A step is a 16th of the segment that the sample lies in, and the last segment ends before 32768 does.
        for (var i = 0; i < all.Length; i++)
        {
            var magnitude = Math.Abs((int)all[i]);
            var bound = ((magnitude + 132) / 32) + (law == G711Law.Mu ? 4 : 12) + Math.Max(0, magnitude - 32124);
            Math.Abs(all[i] - back[i]).ShouldBeLessThanOrEqualTo(bound, $"{all[i]}");
        }
    }

    [Theory]
    [InlineData(G711Law.Mu, 0xFF)]
    [InlineData(G711Law.A, 0xD5)]
    public void Silence_IsTheByteOfZero(G711Law law, byte value)
    {
        var bytes = new byte[1];
        G711.Encode(law, [0], bytes);
        bytes[0].ShouldBe(value);
        G711.Silence(law).ShouldBe(value);
    }

    [Fact]
    public void Encode_TooLittleRoom_Throws() => Should.Throw<ArgumentException>(() => G711.Encode(G711Law.A, new short[2], new byte[1]));

    [Fact]
    public void Decode_TooLittleRoom_Throws() => Should.Throw<ArgumentException>(() => G711.Decode(G711Law.A, new byte[2], new short[1]));
}
