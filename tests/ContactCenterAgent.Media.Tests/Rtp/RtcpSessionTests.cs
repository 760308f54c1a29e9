using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class RtcpSessionTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private sealed class Side(uint ssrc)
    {
        public RtpSender Sender { get; } = new(ssrc, 100, 5000);

        public RtpReceiver Receiver { get; } = new(8000);

        public RtcpSession Session => field ??= new(Sender, Receiver, "side", TimeSpan.Zero);
    }

    private readonly Side _here = new(1);
    private readonly Side _there = new(2);
    private readonly byte[] _packet = new byte[RtcpSession.BytesMax];

    private static void Talk(Side from, Side to, int packets, Func<int, bool>? lost = null)
    {
        var datagram = new byte[RtpHeader.Bytes + 160];
        for (var i = 0; i < packets; i++)
        {
            from.Sender.WriteHeader(datagram, 8, false, i * 160);
            RtpPacket.TryRead(datagram, out var packet).ShouldBeTrue();
            if (lost?.Invoke(i) != true) to.Receiver.Receive(packet.Header, TimeSpan.FromMilliseconds(20 * i));
        }
    }

    private bool Report(Side from, Side to, TimeSpan at, TimeSpan delay)
    {
        var length = from.Session.WriteReport(_packet, at, Wall + at, 0);
        RtpPacket.IsRtcp(_packet).ShouldBeTrue();
        (length % 4).ShouldBe(0);
        return to.Session.Receive(_packet.AsSpan(0, length), at + delay, Wall + at + delay);
    }

    [Fact]
    public void Reports_BothWays_TellLossAndRoundTrip()
    {
        Talk(_here, _there, 100, i => i % 10 == 5);
        Talk(_there, _here, 100);
        Report(_here, _there, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(30)).ShouldBeTrue();
        Report(_there, _here, TimeSpan.FromSeconds(7), TimeSpan.FromMilliseconds(40)).ShouldBeTrue();

        _here.Session.FarLost.ShouldBe(10);
        _here.Session.RoundTrip!.Value.TotalMilliseconds.ShouldBe(70, 1);
        _here.Session.Reports.ShouldBe(1);
        _there.Session.FarLost.ShouldBe(0);
    }

    [Fact]
    public void Report_OfASideThatOnlyListens_IsAReceiverReport()
    {
        Talk(_here, _there, 10);
        _there.Session.WriteReport(_packet, TimeSpan.FromSeconds(5), Wall, 0);
        _packet[1].ShouldBe((byte)201);
        _here.Session.WriteReport(_packet, TimeSpan.FromSeconds(5), Wall, 0);
        _packet[1].ShouldBe((byte)200);
    }

    [Fact]
    public void Goodbye_OfTheFarEnd_IsNoticed()
    {
        Talk(_here, _there, 2);
        var length = _here.Session.WriteGoodbye(_packet, TimeSpan.FromSeconds(1), Wall, 0);
        _there.Session.Receive(_packet.AsSpan(0, length), TimeSpan.FromSeconds(1), Wall).ShouldBeTrue();
        _there.Session.FarLeft.ShouldBeTrue();
        length.ShouldBeLessThanOrEqualTo(RtcpSession.BytesMax);
    }

    [Fact]
    public void NextReportAt_IsAboutFiveSeconds_AndNeverTheSame()
    {
        var gaps = new List<double>();
        var now = TimeSpan.Zero;
        for (var i = 0; i < 200; i++)
        {
            _here.Session.WriteReport(_packet, now, Wall, 0);
            gaps.Add((_here.Session.NextReportAt - now).TotalSeconds);
            now = _here.Session.NextReportAt;
        }

        gaps.Average().ShouldBe(5, 0.4);
        gaps.ShouldAllBe(g => g >= 2.5 && g <= 7.5);
        gaps.Distinct().Count().ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Receive_AnyBytes_NeverThrows()
    {
        var random = new Random(4711);
        var bytes = new byte[96];
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(0x80 | (bytes[0] & 0x1F));
            bytes[1] = (byte)(200 + random.Next(5));
            (bytes[2], bytes[3]) = (0, (byte)random.Next(24));
            _here.Session.Receive(bytes.AsSpan(0, random.Next(bytes.Length + 1)), TimeSpan.Zero, Wall);
        }

        _here.Session.Reports.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Receive_ACompoundCutShort_SaysSo()
    {
        Talk(_here, _there, 2);
        var length = _here.Session.WriteReport(_packet, TimeSpan.FromSeconds(1), Wall, 0);
        _there.Session.Receive(_packet.AsSpan(0, length - 4), TimeSpan.FromSeconds(1), Wall).ShouldBeFalse();
    }
}
