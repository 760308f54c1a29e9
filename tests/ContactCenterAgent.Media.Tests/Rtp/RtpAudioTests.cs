using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class RtpAudioTests
{
    private static readonly RtpPayloads Payloads = new() { Mu = 0, A = 8, Events = 101, Noise = 13 };
    private readonly RtpAudioSender _sender = new(new(77, 65530, uint.MaxValue - 500), G711Law.A, Payloads);
    private readonly RtpAudioReceiver _receiver = new(Payloads, new());
    private readonly byte[] _packet = new byte[RtpAudioSender.PacketBytes];
    private readonly short[] _frame = new short[160];

    private char? Pass(long frame, ReadOnlySpan<short> samples)
    {
        var length = _sender.Write(frame, samples, _packet);
        if (length == 0 || !RtpPacket.TryRead(_packet.AsSpan(0, length), out var packet)) return null;
        _receiver.Receive(packet, frame * TimeSpan.FromMilliseconds(20), out var key);
        return key;
    }

    [Fact]
    public void Sound_FromSenderToReceiver_IsTheSameButForTheLaw()
    {
        var heard = new List<short>();
        for (var i = 0; i < 50; i++)
        {
            Pass(i, Sounds.Tone(160, from: i * 160)).ShouldBeNull();
            _receiver.Read(_frame);
            heard.AddRange(_frame);
        }

        var sent = Sounds.Tone(48 * 160);
        for (var i = 40; i < sent.Length; i++) Math.Abs(heard[i + 320] - sent[i]).ShouldBeLessThan(300);
        _receiver.Stream.IsValid.ShouldBeTrue();
        _receiver.Refused.ShouldBe(0);
    }

    [Fact]
    public void Write_AShortFrame_EndsInSilence()
    {
        _sender.Write(0, Sounds.Tone(10), _packet).ShouldBe(172);
        _packet.AsSpan(12 + 10).ToArray().ShouldAllBe(b => b == 0xD5);
    }

    [Fact]
    public void Press_BetweenSounds_IsToldOnce_AndSoundGoesOnInTime()
    {
        var keys = "";
        for (var i = 0; i < 100; i++)
        {
            if (i is 20 or 21) _sender.Press('4').ShouldBeTrue();
            keys += Pass(i, Sounds.Tone(160, from: i * 160))?.ToString();
            _receiver.Read(_frame);
        }

        keys.ShouldBe("44");
        var last = Sounds.Tone(160, from: 97 * 160);
        for (var i = 0; i < 160; i++) Math.Abs(_frame[i] - last[i]).ShouldBeLessThan(300);
    }

    [Fact]
    public void Receive_ATypeNobodyOffered_IsRefused()
    {
        new RtpHeader(96, false, 1, 0, 5).Write(_packet);
        RtpPacket.TryRead(_packet, out var packet).ShouldBeTrue();
        _receiver.Receive(packet, TimeSpan.Zero, out _).ShouldBeFalse();
        _receiver.Refused.ShouldBe(1);
        _receiver.LastArrival.ShouldBeNull();
    }

    [Fact]
    public void Packets_BothWays_AllocateNothing()
    {
        var sound = Sounds.Voice(160);
        var frame = 0L;
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 1000; i++, frame++)
            {
                if (i % 100 == 0) _sender.Press('1');
                if (i % 9 != 0) Pass(frame, sound);
                _receiver.Read(_frame);
            }
        }).ShouldBe(0);
    }
}
