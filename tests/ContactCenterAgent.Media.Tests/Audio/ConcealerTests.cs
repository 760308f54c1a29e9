using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Tests.Audio;

public sealed class ConcealerTests
{
    private readonly Concealer _concealer = new(8000);

    [Fact]
    public void Fill_AfterATone_GoesOnWithTheTone()
    {
        _concealer.Heard(Sounds.Tone(800));
        var filled = new short[80];
        _concealer.Fill(filled);

        // The first 10 ms are not faded: what would have come is what is made up.
        var expected = Sounds.Tone(80, from: 800);
        for (var i = 0; i < 80; i++) ((int)filled[i]).ShouldBeInRange(expected[i] - 500, expected[i] + 500, $"sample {i}");
    }

    [Fact]
    public void Fill_LongGap_FadesToSilenceWithin60Milliseconds()
    {
        _concealer.Heard(Sounds.Voice(800));
        var filled = new short[800];
        _concealer.Fill(filled);

        Level.Power(filled.AsSpan(0, 80)).ShouldBeGreaterThan(Level.Power(filled.AsSpan(240, 80)));
        filled.AsSpan(480).ToArray().ShouldAllBe(s => s == 0);
        _concealer.Gap.ShouldBe(800);
    }

    [Fact]
    public void Heard_AfterAGap_BlendsWithoutAStep()
    {
        _concealer.Heard(Sounds.Tone(800));
        var filled = new short[160];
        _concealer.Fill(filled);
        var next = Sounds.Tone(160, from: 960);
        _concealer.Heard(next);

        // A tone of 200 Hz and 8000 never moves more than 1257 in a sample.
        Math.Abs(next[0] - filled[^1]).ShouldBeLessThan(2000);
        for (var i = 1; i < 30; i++) Math.Abs(next[i] - next[i - 1]).ShouldBeLessThan(2000);
        _concealer.Gap.ShouldBe(0);
    }

    [Fact]
    public void Fill_BeforeAnySound_IsSilence()
    {
        var filled = Sounds.Tone(160);
        _concealer.Fill(filled);
        filled.ShouldAllBe(s => s == 0);
    }
}
