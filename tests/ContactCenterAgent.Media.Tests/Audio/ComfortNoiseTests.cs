using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests.Audio;

public sealed class ComfortNoiseTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(70)]
    public void Fill_ALevel_IsThatLoud(byte level)
    {
        var noise = new ComfortNoise();
        noise.Take([level]);
        var frame = new short[8000];
        noise.Fill(frame);
        Sounds.Decibels(frame).ShouldBe(-level, 1.0);
    }

    [Fact]
    public void Take_EmptyPayload_IsSilence()
    {
        var noise = new ComfortNoise();
        noise.Take([20]);
        noise.Take([]);
        var frame = Sounds.Tone(160);
        noise.Fill(frame);
        frame.ShouldAllBe(s => s == 0);
    }
}
