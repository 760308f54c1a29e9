using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

/// <summary>Legs of 16000 samples a second.</summary>
public sealed class WideRtpAudioTests
{
    private const int Rate = G722Encoder.SampleRate;
    private static readonly RtpPayloads Payloads = new() { Mu = 0, A = 8, G722 = 9, Events = 101, Noise = 13 };
    private readonly RtpAudioSender _sender = new(new(77, 65530, uint.MaxValue - 500), G711Law.A, Payloads, Rate) { IsWide = true };
    private readonly RtpAudioReceiver _receiver = new(Payloads, new(), Rate);
    private readonly byte[] _packet = new byte[RtpAudioSender.PacketBytes];
    private readonly short[] _frame = new short[Rate / 50];

    [Theory]
    [InlineData(1_000, true, true)]
    [InlineData(6_000, true, true)]
    [InlineData(1_000, false, true)]
    [InlineData(6_000, false, false)]
    public void Tone_IsHeard_AsHighAsItsCodecReaches(double hertz, bool wide, bool heard)
    {
        _sender.IsWide = wide;
        var tone = Pass(Sounds.Tone(Rate, hertz, Rate))[(Rate / 2)..];

        Share(tone, hertz).ShouldBe(heard ? 1 : 0, 0.1);
        if (heard) Sounds.Decibels(tone).ShouldBe(Sounds.Decibels(Sounds.Tone(Rate, hertz, Rate)), 1);
        else Sounds.Decibels(tone).ShouldBeLessThan(-40, "8000 samples a second reach to 4 kHz");
    }

    [Fact]
    public void Codec_ThatChanges_IsFollowedBothWays()
    {
        var sound = Sounds.Tone(3 * Rate, 1_000, Rate);
        var heard = sound.Chunk(Rate).SelectMany((second, i) =>
        {
            _sender.IsWide = i != 1;
            return Pass(second, first: 50 * i);
        }).ToArray();

        foreach (var part in heard.Chunk(Rate).Select(second => second[(Rate / 2)..])) Share(part, 1_000).ShouldBe(1, 0.1);
        _receiver.Refused.ShouldBe(0);
    }

    [Fact]
    public void Clock_GoesOnBy160_ThoughThereAre320Samples()
    {
        var stamps = Enumerable.Range(0, 3).Select(i =>
        {
            _sender.Write(i, _frame, _packet).ShouldBe(RtpHeader.Bytes + 160);
            RtpPacket.TryRead(_packet, out var packet).ShouldBeTrue();
            packet.Header.PayloadType.ShouldBe((byte)9);
            return packet.Header.Timestamp;
        }).ToArray();

        unchecked(stamps[1] - stamps[0]).ShouldBe(160u);
        unchecked(stamps[2] - stamps[1]).ShouldBe(160u);
    }

    [Fact]
    public void Receive_OnALegOf8000_IsRefused()
    {
        var narrow = new RtpAudioReceiver(Payloads, new());
        _sender.Write(0, _frame, _packet);
        RtpPacket.TryRead(_packet, out var packet).ShouldBeTrue();

        narrow.Receive(packet, TimeSpan.Zero, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_BothWays_AllocateNothing(bool wide)
    {
        _sender.IsWide = wide;
        var sound = Sounds.Tone(320, 1_000, Rate);
        var frame = 0L;

        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 200; i++, frame++)
            {
                var length = _sender.Write(frame, sound, _packet);
                if (RtpPacket.TryRead(_packet.AsSpan(0, length), out var packet)) _receiver.Receive(packet, frame * TimeSpan.FromMilliseconds(20), out _);
                _receiver.Read(_frame);
            }
        }).ShouldBe(0);
    }

    private short[] Pass(short[] sound, int first = 0)
    {
        var heard = new List<short>();
        var frame = first;
        foreach (var samples in sound.Chunk(_frame.Length))
        {
            var length = _sender.Write(frame, samples, _packet);
            RtpPacket.TryRead(_packet.AsSpan(0, length), out var packet).ShouldBeTrue();
            _receiver.Receive(packet, frame++ * TimeSpan.FromMilliseconds(20), out _).ShouldBeTrue();
            _receiver.Read(_frame);
            heard.AddRange(_frame);
        }

        return [.. heard];
    }

    /// <summary>How much of the sound's power is at a pitch.</summary>
    private static double Share(short[] sound, double hertz)
    {
        double cosine = 0, sine = 0, power = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            cosine += sound[i] * Math.Cos(2 * Math.PI * hertz * i / Rate);
            sine += sound[i] * Math.Sin(2 * Math.PI * hertz * i / Rate);
            power += (double)sound[i] * sound[i];
        }

        return power == 0 ? 0 : 2 * ((cosine * cosine) + (sine * sine)) / (power * sound.Length);
    }
}
