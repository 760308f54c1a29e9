using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Media.Tests.Voice;

public sealed class VoiceActivityTests
{
    private readonly VoiceActivity _voice = new(new());
    private readonly List<(int Frame, VoiceChange Change)> _changes = [];
    private int _frame;

    /// <summary>Plays and hears for a while; gives what changed.</summary>
    private VoiceChange[] Hear(int frames, Func<int, short[]> heard, Func<int, short[]>? played = null)
    {
        var from = _changes.Count;
        for (var i = 0; i < frames; i++, _frame++)
        {
            var change = _voice.Hear(heard(_frame), played is null ? 0 : Level.Power(played(_frame)));
            if (change != VoiceChange.None) _changes.Add((_frame, change));
        }

        return [.. _changes.Skip(from).Select(c => c.Change)];
    }

    private static short[] Noise(int frame, double decibels) => Sounds.Noise(160, decibels, frame);

    /// <summary>Syllables: 160 ms of voice, 80 ms of less.</summary>
    private static short[] Speech(int frame, double amplitude) => Sounds.Voice(160, frame * 160, frame % 12 < 8 ? amplitude : amplitude / 30);

    private static short[] Mix(short[] a, short[] b) => [.. a.Zip(b, (x, y) => (short)Math.Clamp(x + y, short.MinValue, short.MaxValue))];

    [Theory]
    [InlineData(-75)]
    [InlineData(-55)]
    [InlineData(-42)]
    public void Hear_SpeechOverSteadyNoise_StartsAndEndsOnce(double noise)
    {
        Hear(504, f => Noise(f, noise));
        var before = _frame;
        Hear(56, f => Mix(Speech(f, 3000), Noise(f, noise))).ShouldBe([VoiceChange.Started]);
        var after = _frame;
        Hear(100, f => Noise(f, noise)).ShouldBe([VoiceChange.Ended]);

        // 60 ms to believe it; 100 ms after the last of it. A frame or two are the voice's own shape.
        (_changes[^2].Frame - before).ShouldBeLessThanOrEqualTo(4);
        (_changes[^1].Frame - after).ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void Hear_SteadyNoiseThatBegins_IsTakenForNoiseWithinSeconds()
    {
        Hear(200, f => Noise(f, -75));
        Hear(600, f => Noise(f, -45));
        _voice.IsSpeech.ShouldBeFalse();
        _voice.NoiseFloor.ShouldBe(-45, 4);
        Hear(40, f => Mix(Speech(f, 3000), Noise(f, -45))).ShouldBe([VoiceChange.Started]);
    }

    [Fact]
    public void Hear_AClick_IsNoSpeech()
    {
        Hear(100, f => Noise(f, -70));
        Hear(2, f => Sounds.Tone(160, 1000, amplitude: 12_000)).ShouldBeEmpty();
        Hear(100, f => Noise(f, -70)).ShouldBeEmpty();
    }

    [Fact]
    public void Hear_LongSpeech_DoesNotBecomeTheFloor()
    {
        Hear(100, f => Noise(f, -65));
        Hear(1000, f => Mix(Speech(f, 3000), Noise(f, -65))).ShouldBe([VoiceChange.Started]);
        _voice.IsSpeech.ShouldBeTrue();
    }

    // A handset's echo, a speakerphone's, a bad one's; after the delay of a network.
    [Theory]
    [InlineData(30, 2)]
    [InlineData(18, 5)]
    [InlineData(10, 8)]
    [InlineData(6, 15)]
    public void Hear_EchoOfOurPrompt_IsNoSpeech(double lossDecibels, int delayFrames)
    {
        var gain = Math.Pow(10, -lossDecibels / 20);
        short[] Prompt(int frame) => Speech(frame, 5000 + (2000 * (frame / 12 % 3)));
        short[] Echo(int frame) => frame < delayFrames ? new short[160] : [.. Prompt(frame - delayFrames).Select(s => (short)(s * gain))];

        // The first second may be needed to learn a line worse than was assumed.
        Hear(100, f => Noise(f, -65));
        Hear(100, f => Mix(Echo(f), Noise(f, -65)), Prompt);
        Hear(500, f => Mix(Echo(f), Noise(f, -65)), Prompt).ShouldNotContain(VoiceChange.Started);
        if (lossDecibels >= 18) _changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(30)]
    [InlineData(18)]
    public void Hear_CallerOverOurPrompt_IsSpeechWithin100Milliseconds(double lossDecibels)
    {
        var gain = Math.Pow(10, -lossDecibels / 20);
        short[] Prompt(int frame) => Speech(frame, 4000 + (2000 * (frame / 12 % 3)));
        short[] Echo(int frame) => [.. Prompt(frame - 5).Select(s => (short)(s * gain))];
        Hear(300, f => Mix(Echo(f), Noise(f, -65)), Prompt);
        var before = _frame;
        Hear(50, f => Mix(Mix(Echo(f), Sounds.Voice(160, f * 160, 4000)), Noise(f, -65)), Prompt).ShouldBe([VoiceChange.Started]);
        (_changes[^1].Frame - before).ShouldBeLessThan(5);
    }

    [Fact]
    public void Hear_AllocatesNothing()
    {
        var sound = Sounds.Voice(160);
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 1000; i++) _voice.Hear(sound, i % 50 < 25 ? 0 : 1e6);
        }).ShouldBe(0);
    }
}
