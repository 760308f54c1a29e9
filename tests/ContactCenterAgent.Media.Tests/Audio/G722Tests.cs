using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests.Audio;

public sealed class G722Tests
{
    /// <summary>Both filters together: what goes in comes out 22 samples later.</summary>
    private const int Delay = 22;

    private const string Text = "Northgate Opticians. She sells sixty-six fresh sandwiches every Thursday afternoon, and ships them across the whole city.";

    [SpandspFact]
    public void Speech_EncodedAndDecoded_IsBitForBitWhatSpandspMakesOfIt() => SameAsSpandsp(Even([.. Flite.Speak("rms", Text), .. Flite.Speak("slt", Text)]));

    [SpandspFact]
    public void Sounds_OfAnySize_AreBitForBitWhatSpandspMakesOfThem() => SameAsSpandsp(
    [
        .. new short[640], .. Sounds.Noise(16_000, -60), .. Sounds.Noise(16_000, -20), .. Sounds.Noise(32_000, 0),
        .. Enumerable.Range(0, 48_000).Select(i => (short)(30_000 * Math.Sin(Math.PI * 7_900 * i / 48_000.0 * i / 16_000))),
        .. Enumerable.Range(0, 8_000).Select(i => i / 40 % 2 == 0 ? short.MinValue : short.MaxValue), .. new short[16_000],
    ]);

    [SpandspFact]
    public void Bytes_AtRandom_AreDecodedAsSpandspDoes()
    {
        var payload = new byte[100_000];
        new Random(722).NextBytes(payload);

        Alike(Decode(payload), new Spandsp().Decode(payload));
    }

    [SpandspFact]
    public void Speech_ComesBack_AsG722MustSound()
    {
        var speech = Even(Flite.Speak("rms", Text));

        SignalToNoise(speech, Decode(Encode(speech))).ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1_000)]
    [InlineData(3_000)]
    [InlineData(5_000)]
    [InlineData(6_800)]
    public void Tone_WithinTheBand_ComesBack(double hertz)
    {
        var tone = Sounds.Tone(16_000, hertz, 16_000);

        SignalToNoise(tone, Decode(Encode(tone))).ShouldBeGreaterThan(hertz < 4_000 ? 25 : 8);
    }

    [Fact]
    public void Frames_OneAfterTheOther_AreTheSameAsOneLongOne()
    {
        var sound = Sounds.Noise(3_200, -20);
        var encoder = new G722Encoder();
        var pieces = sound.Chunk(320).SelectMany(frame =>
        {
            var payload = new byte[160];
            encoder.Encode(frame, payload);
            return payload;
        }).ToArray();

        pieces.ShouldBe(Encode(sound));
    }

    [Fact]
    public void Reset_ForgetsWhatCameBefore()
    {
        var payload = Encode(Sounds.Noise(3_200, -20));
        var decoder = new G722Decoder();
        var (first, second) = (new short[3_200], new short[3_200]);
        decoder.Decode(payload, first);
        decoder.Reset();
        decoder.Decode(payload, second);

        second.ShouldBe(first);
    }

    [Fact]
    public void OddNumbers_AndTooLittleRoom_AreOurOwnMistakes()
    {
        Should.Throw<ArgumentException>(() => new G722Encoder().Encode(new short[3], new byte[2]));
        Should.Throw<ArgumentException>(() => new G722Encoder().Encode(new short[4], new byte[1]));
        Should.Throw<ArgumentException>(() => new G722Decoder().Decode(new byte[2], new short[3]));
    }

    [Fact]
    public void Frames_AllocateNothing()
    {
        var (encoder, decoder) = (new G722Encoder(), new G722Decoder());
        var (sound, payload) = (Sounds.Noise(320, -20), new byte[160]);

        Sounds.Allocated(() =>
        {
            encoder.Encode(sound, payload);
            decoder.Decode(payload, sound);
        }).ShouldBe(0);
    }

    private static void SameAsSpandsp(short[] sound)
    {
        var other = new Spandsp();
        var payload = Encode(sound);

        payload.ShouldBe(other.Encode(sound));
        Alike(Decode(payload), other.Decode(payload));
    }

    /// <summary>Bit for bit. Where a sample is beyond 16 bits ours stays at the limit; spandsp's comes out at the other end.</summary>
    private static void Alike(short[] ours, short[] theirs)
    {
        ours.Length.ShouldBe(theirs.Length);
        for (var i = 0; i < ours.Length; i++)
        {
            if (ours[i] != theirs[i]) ours[i].ShouldBe(theirs[i] >= 0 ? short.MinValue : short.MaxValue, $"sample {i}");
        }

        ours.Zip(theirs).Count(pair => pair.First != pair.Second).ShouldBeLessThan(ours.Length / 50);
    }

    private static short[] Even(short[] sound) => sound[..(sound.Length / 2 * 2)];

    private static byte[] Encode(short[] sound)
    {
        var payload = new byte[sound.Length / 2];
        new G722Encoder().Encode(sound, payload);
        return payload;
    }

    private static short[] Decode(byte[] payload)
    {
        var samples = new short[2 * payload.Length];
        new G722Decoder().Decode(payload, samples);
        return samples;
    }

    /// <summary>In decibels.</summary>
    private static double SignalToNoise(short[] before, short[] after)
    {
        double signal = 0, noise = 0;
        for (var i = Delay + 160; i < before.Length; i++)
        {
            double wanted = before[i - Delay], got = after[i];
            signal += wanted * wanted;
            noise += (wanted - got) * (wanted - got);
        }

        return 10 * Math.Log10(signal / noise);
    }
}
