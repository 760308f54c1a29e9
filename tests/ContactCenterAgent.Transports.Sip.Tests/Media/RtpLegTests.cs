using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Rtp;
using ContactCenterAgent.Media.Srtp;
using ContactCenterAgent.Transports.Sip.Media;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Tests.Media;

/// <summary>A leg on loopback sockets, ticked by hand.</summary>
public sealed class RtpLegTests : IRtpLegEvents, IAudioEnd, IDisposable
{
    private readonly Socket _caller = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ManualTime _time = new();
    private readonly RtpPorts _ports;
    private readonly RtpSockets _sockets;
    private readonly RtpLeg _leg;
    private readonly List<char> _keys = [];
    private readonly List<short> _heard = [];
    private readonly byte[] _buffer = new byte[2_048];
    private short _says;
    private int _lost;
    private long _frame;

    public RtpLegTests()
    {
        _caller.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _caller.ReceiveTimeout = 2_000;
        _ports = new(IPAddress.Loopback, 30_000, 30_199, _time);
        _sockets = _ports.Take()!;
        _leg = new(_sockets, this, TimeSpan.FromSeconds(5), _time);
    }

    private IPEndPoint Caller => (IPEndPoint)_caller.LocalEndPoint!;

    [Fact]
    public void Mistake05_Keys_AtTheOffersNumber_CountOnceEach_WithLostPackets()
    {
        _leg.Agree(Media() with { Digits = 96 });
        _leg.Open(this);
        ushort sequence = 65_530;
        Span<byte> payload = stackalloc byte[4];
        // Two equal keys 60 ms apart; the first loses its marker packet and two of its three ends.
        foreach (var (start, timestamp, packets) in new[] { (1, 1_000u, 7), (0, 2_440u, 9) })
        {
            for (var i = start; i < packets; i++)
            {
                new TelephoneEvent(5, i >= 6, 10, (ushort)(160 * (i + 1))).Write(payload);
                SendRtp(96, payload, sequence++, timestamp, marker: i == 0);
                Tick();
            }
        }

        _keys.ShouldBe(['5', '5']);
    }

    [Fact]
    public void Sound_OfTheNegotiatedNumbers_IsHeard_AcrossTheWrapOfSequenceAndTimestamp()
    {
        _leg.Agree(Media());
        _leg.Open(this);
        var payload = new byte[160];
        for (var i = 0; i < 60; i++)
        {
            payload.AsSpan().Fill(G711.Silence(G711Law.A));
            if (i is > 20 and < 40) payload.AsSpan().Fill(0x2A);
            SendRtp(8, payload, (ushort)(65_530 + i), unchecked((uint)(-1_000 + 160 * i)));
            Tick();
        }

        _heard.Count(s => Math.Abs((int)s) > 100).ShouldBe(19 * 160);
    }

    [Fact]
    public void Srtp_IsSentAndTaken_AndWhatIsPlainForgedOrReplayedIsNot()
    {
        var (ours, theirs) = (new SdesKey(1, SdesSuite.Tag80, Enumerable.Range(0, 30).Select(i => (byte)i).ToArray()), new SdesKey(1, SdesSuite.Tag80, Enumerable.Range(100, 30).Select(i => (byte)i).ToArray()));
        _leg.Agree(Media() with { SendKey = ours, ReceiveKey = theirs });
        _leg.Open(this);
        _says = 1_000;
        Tick();
        var length = _caller.Receive(_buffer);
        SrtpKey.TryParse(Convert.ToBase64String(ours.Key.Span), out var key).ShouldBeTrue();
        using var opener = new SrtpReceiver(SrtpSuite.AesCm128HmacSha1Tag80, key!);
        opener.Unprotect(_buffer.AsSpan(0, length)).ShouldBe(172);

        SrtpKey.TryParse(Convert.ToBase64String(theirs.Key.Span), out var own).ShouldBeTrue();
        using var protector = new SrtpSender(SrtpSuite.AesCm128HmacSha1Tag80, own!);
        var packet = new byte[172 + SrtpSender.RtpOverhead];
        for (ushort i = 0; i < 3; i++)
        {
            new RtpHeader(8, false, i, 160u * i, 9).Write(packet);
            var size = protector.Protect(packet, 172);
            _caller.SendTo(packet.AsSpan(0, size), SocketFlags.None, new IPEndPoint(IPAddress.Loopback, _leg.Port));
            if (i == 2) _caller.SendTo(packet.AsSpan(0, size), SocketFlags.None, new IPEndPoint(IPAddress.Loopback, _leg.Port));
            Tick();
        }

        SendRtp(8, new byte[160], 9, 1_440);
        packet[40] ^= 1;
        _caller.SendTo(packet, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, _leg.Port));
        Tick();

        _leg.Receiver.Stream.Received.ShouldBe(3);
        _leg.Unreadable.ShouldBe(3);
    }

    [Fact]
    public void Hold_StopsOurSound_AndNeverCountsAsLost()
    {
        _leg.Agree(Media());
        _leg.Open(this);
        Tick();
        _leg.Sent.ShouldBe(1);
        _leg.Agree(Media() with { MaySend = false, MayReceive = false });

        for (var i = 0; i < 10; i++)
        {
            _time.Now += TimeSpan.FromSeconds(2);
            Tick();
        }

        _leg.Sent.ShouldBe(1);
        _lost.ShouldBe(0);
        _leg.Agree(Media());
        for (var i = 0; i < 6; i++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            Tick();
        }

        _lost.ShouldBe(1, "told once");
    }

    [Fact]
    public void Tick_PerPacket_AllocatesNothing()
    {
        _leg.Agree(Media());
        _leg.Open(this);
        _heard.EnsureCapacity(400_000);
        void Round(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                SendRtp(8, _payload, _sequence++, 160u * _sequence);
                Tick();
            }
        }

        Round(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round(1_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
    }

    [Fact]
    public void Ports_GivenBack_RestBeforeTheyAreTakenAgain()
    {
        var ports = new RtpPorts(IPAddress.Loopback, 31_000, 31_003, _time);
        var (first, second) = (ports.Take()!, ports.Take()!);
        ports.Take().ShouldBeNull();
        ports.GiveBack(first);
        ports.GiveBack(second);

        ports.Take().ShouldBeNull();
        _time.Now += TimeSpan.FromSeconds(5);
        var again = ports.Take()!;
        again.Port.ShouldBe(31_000);
        ports.GiveBack(again);
        ports.Taken.ShouldBe(0);
    }

    public void Dispose()
    {
        _leg.Close();
        _ports.GiveBack(_sockets);
        _caller.Dispose();
    }

    void IRtpLegEvents.Pressed(char key) => _keys.Add(key);

    void IRtpLegEvents.SoundLost() => _lost++;

    void IAudioEnd.Hear(ReadOnlySpan<short> samples) => _heard.AddRange(samples);

    int IAudioEnd.Play(Span<short> frame)
    {
        frame.Fill(_says);
        return frame.Length;
    }

    private readonly byte[] _payload = new byte[160];
    private readonly byte[] _packet = new byte[172];
    private SocketAddress? _to;
    private ushort _sequence;

    private AgreedMedia Media() =>
        new(SipCodec.Pcma, 8, [(SipCodec.Pcma, 8)], 101, null, Caller, null, MaySend: true, MayReceive: true, null, null);

    private void SendRtp(byte type, ReadOnlySpan<byte> payload, ushort sequence, uint timestamp, bool marker = false)
    {
        new RtpHeader(type, marker, sequence, timestamp, 77).Write(_packet);
        payload.CopyTo(_packet.AsSpan(12));
        _caller.SendTo(_packet.AsSpan(0, 12 + payload.Length), SocketFlags.None, _to ??= new IPEndPoint(IPAddress.Loopback, _leg.Port).Serialize());
    }

    private void Tick()
    {
        _time.Now += TimeSpan.FromMilliseconds(20);
        _leg.Tick(_frame++);
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long GetTimestamp() => Now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;
    }
}
