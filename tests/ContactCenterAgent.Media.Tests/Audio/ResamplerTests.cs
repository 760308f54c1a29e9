using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests.Audio;

public sealed class ResamplerTests
{
    public static TheoryData<int, int> Rates
    {
        get
        {
            int[] rates = [8000, 16_000, 22_050, 24_000, 48_000];
            var data = new TheoryData<int, int>();
            foreach (var from in rates)
                foreach (var to in rates)
                    if (from != to) data.Add(from, to);
            return data;
        }
    }

    /// <summary>In pieces of uneven length, as they come.</summary>
    private static short[] Run(Resampler resampler, short[] samples)
    {
        var output = new List<short>();
        var random = new Random(3);
        for (var at = 0; at < samples.Length;)
        {
            var piece = samples.AsSpan(at, Math.Min(samples.Length - at, random.Next(1, 900)));
            var room = new short[resampler.OutputMax(piece.Length)];
            output.AddRange(room.AsSpan(0, resampler.Resample(piece, room)));
            at += piece.Length;
        }

        return [.. output];
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_ATone_IsTheSameTone(int from, int to)
    {
        var output = Run(new(from, to), Sounds.Tone(from, 1000, from, 8000));

        ((double)output.Length).ShouldBe(to, 0.01 * to);
        var middle = output.AsSpan(to / 4, to / 2);
        Sounds.Decibels(middle).ShouldBe(Sounds.Decibels(Sounds.Tone(from, 1000, from, 8000)), 0.2);
        ((double)Crossings(middle)).ShouldBe(1000, 4);
    }

    [Theory]
    [InlineData(48_000, 8000)]
    [InlineData(24_000, 8000)]
    [InlineData(16_000, 8000)]
    [InlineData(22_050, 8000)]
    public void Resample_Downwards_KeepsOutWhatWouldFoldBack(int from, int to)
    {
        var output = Run(new(from, to), Sounds.Tone(from, 5000, from, 8000));
        Sounds.Decibels(output.AsSpan(to / 4, to / 2)).ShouldBeLessThan(Sounds.Decibels(Sounds.Tone(8000)) - 50);
    }

    [Theory]
    [InlineData(8000, 16_000)]
    [InlineData(8000, 24_000)]
    public void Resample_Upwards_AddsNoImages(int from, int to)
    {
        // 3 kHz has its image at 5 kHz: what is left after the tone is taken out is what was added.
        var output = Run(new(from, to), Sounds.Tone(from, 3000, from, 8000)).AsSpan(to / 4, to / 2).ToArray();
        var (sine, cosine) = (0.0, 0.0);
        for (var i = 0; i < output.Length; i++)
        {
            sine += output[i] * Math.Sin(2 * Math.PI * 3000 * i / to) * 2 / output.Length;
            cosine += output[i] * Math.Cos(2 * Math.PI * 3000 * i / to) * 2 / output.Length;
        }

        short[] rest = [.. output.Select((s, i) => (short)(s - (sine * Math.Sin(2 * Math.PI * 3000 * i / to)) - (cosine * Math.Cos(2 * Math.PI * 3000 * i / to))))];
        Sounds.Decibels(rest).ShouldBeLessThan(Sounds.Decibels(output) - 50);
    }

    [Fact]
    public void Resample_AConstant_StaysThatConstant()
    {
        short[] constant = [.. Enumerable.Repeat((short)1000, 4410)];
        Run(new(22_050, 8000), constant).AsSpan(100, 1000).ToArray().ShouldAllBe(s => Math.Abs(s - 1000) <= 1);
    }

    [Fact]
    public void Resample_TenMinutesOfFrames_LosesNoSample()
    {
        var resampler = new Resampler(22_050, 8000);
        var input = new short[441];
        var output = new short[resampler.OutputMax(441)];
        long given = 0;
        for (var i = 0; i < 50 * 600; i++) given += resampler.Resample(input, output);
        ((double)given).ShouldBe(8000.0 * 600, 20);
    }

    [Fact]
    public void Resample_AllocatesNothing()
    {
        var resampler = new Resampler(24_000, 8000);
        var input = Sounds.Tone(480, rate: 24_000);
        var output = new short[resampler.OutputMax(480)];
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 1000; i++) resampler.Resample(input, output);
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 8000)]
    [InlineData(8000, 400_000)]
    public void Resampler_OfImpossibleRates_Throws(int from, int to) => Should.Throw<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    private static int Crossings(ReadOnlySpan<short> samples)
    {
        var count = 0;
        for (var i = 1; i < samples.Length; i++) if (samples[i - 1] < 0 != samples[i] < 0) count++;
        return count;
    }
}
