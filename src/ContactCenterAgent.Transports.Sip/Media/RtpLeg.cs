using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Media.Rtp;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Media;

/// <summary>What a leg's sound tells.</summary>
internal interface IRtpLegEvents
{
    /// <summary>A key; from the clock's thread.</summary>
    void Pressed(char key);

    /// <summary>Nothing has come for too long; told once. From the clock's thread.</summary>
    void SoundLost();
}

/// <summary>
/// One call's sound: takes what came, hears it, plays the next frame and sends it, 50 times a second on the clock's thread. Allocates nothing per packet.
/// </summary>
internal sealed class RtpLeg : IMediaTicked
{
    private const int PacketsATick = 32;
    private const int ReportsATick = 4;

    /// <summary>Frames between two looks for reports, which come every few seconds. To ask a socket costs half as much as to read from it.</summary>
    private const int ReportFrames = 10;

    private readonly RtpSockets _sockets;
    private readonly IRtpLegEvents _events;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lostAfter;
    private readonly RtpAudioReceiver _receiver;
    private readonly RtpAudioSender _sender;
    private readonly RtcpSession _reports;
    private readonly SocketAddress _from;
    private readonly byte[] _in = new byte[2048];
    private readonly byte[] _out = new byte[RtpAudioSender.PacketBytes + 64];
    private readonly short[] _frame;
    private readonly long _origin;
    private readonly Lock _gate = new();
    private SocketAddress? _reportsTo;
    private RtpSecrets? _secrets;
    private AgreedMedia? _media;
    private IAudioEnd? _audio;
    private TimeSpan _heard;
    private bool _lost;
    private bool _open;
    private long _sent;
    private long _frames;

    internal RtpLeg(RtpSockets sockets, IRtpLegEvents events, TimeSpan lostAfter, TimeProvider time, int sampleRate = G711.SampleRate)
    {
        (_sockets, _events, _lostAfter, _time, _origin) = (sockets, events, lostAfter, time, time.GetTimestamp());
        var stream = RtpSender.WithRandomStart();
        _receiver = new(default, new(), sampleRate);
        _sender = new(stream, G711Law.A, default, sampleRate);
        _frame = new short[sampleRate / 50];
        _reports = new(stream, _receiver.Stream, Guid.NewGuid().ToString("n"), TimeSpan.Zero);
        _from = new(sockets.Sound.AddressFamily);
    }

    internal SourceRule Source { get; } = new();

    internal RtpAudioReceiver Receiver => _receiver;

    internal RtcpSession Reports => _reports;

    internal int Port => _sockets.Port;

    /// <summary>Packets that did not get through SRTP, or were no RTP.</summary>
    internal long Unreadable { get; private set; }

    /// <summary>Packets sent.</summary>
    internal long Sent => Volatile.Read(ref _sent);

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>The call can be heard and spoken to from now on.</summary>
    internal void Open(IAudioEnd audio)
    {
        lock (_gate) (_audio, _open) = (audio, true);
    }

    /// <summary>Takes what was agreed on, at first and each time it changes. Socket, source and numbers stay.</summary>
    internal void Agree(AgreedMedia media)
    {
        lock (_gate)
        {
            var payloads = new RtpPayloads
            {
                Mu = Payload(media, SipCodec.Pcmu),
                A = Payload(media, SipCodec.Pcma),
                G722 = Payload(media, SipCodec.G722),
                Events = media.Digits,
                Noise = media.ComfortNoise ?? 13,
            };
            _receiver.Payloads = payloads;
            (_sender.Payloads, _sender.Law, _sender.IsWide) = (payloads, media.Codec == SipCodec.Pcmu ? G711Law.Mu : G711Law.A, media.Codec == SipCodec.G722);
            Source.Signal(media.Remote);
            _reportsTo = media.RemoteControl?.Serialize();
            _secrets = RtpSecrets.For(media, _secrets);
            // A held call is silent by right; the clock of loss starts anew when it is resumed.
            _heard = Now;
            _media = media;
        }
    }

    public void Tick(long frame)
    {
        lock (_gate)
        {
            if (_media is null) return;
            var now = Now;
            _frames = frame;
            TakePackets(frame, now);
            if (frame % ReportFrames == 0) TakeReports(now);
            if (_open)
            {
                _receiver.Read(_frame);
                _audio!.Hear(_frame);
            }

            if (_media.MaySend) Send(frame);
            if (now >= _reports.NextReportAt) SendReport(_reports.WriteReport(_out, now, _time.GetUtcNow(), frame * RtpAudioSender.FrameSamples));
            if (_lost || !_media.MayReceive || now - _heard < _lostAfter) return;
            _lost = true;
        }

        _events.SoundLost();
    }

    public void Fail(Exception fault) => _events.SoundLost();

    /// <summary>Says goodbye. The leg is off the clock.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_media is not null) SendReport(_reports.WriteGoodbye(_out, Now, _time.GetUtcNow(), _frames * RtpAudioSender.FrameSamples));
            _media = null;
            _secrets?.Dispose();
        }
    }

    private static byte? Payload(AgreedMedia media, SipCodec codec)
    {
        foreach (var (one, payload) in media.Codecs)
            if (one == codec) return payload;
        return null;
    }

    /// <summary>As a rule one packet comes a frame. Only in every other frame is it asked whether there are more, so that what came at once is caught up within 20 ms.</summary>
    private void TakePackets(long frame, TimeSpan now)
    {
        var most = frame % 2 == 0 ? PacketsATick : 1;
        for (var i = 0; i < most && _sockets.Sound.Poll(0, SelectMode.SelectRead); i++)
        {
            var length = Receive(_sockets.Sound);
            if (length <= 0 || RtpPacket.IsRtcp(_in.AsSpan(0, length))) continue;
            var authentic = _secrets is not null;
            if (authentic) length = _secrets!.Receive.Unprotect(_in.AsSpan(0, length));
            if (length <= 0 || !RtpPacket.TryRead(_in.AsSpan(0, length), out var packet))
            {
                Unreadable++;
                continue;
            }

            if (!Source.Accept(_from, packet.Header.Ssrc, packet.Header.Sequence, authentic, now)) continue;
            if (_receiver.Receive(packet, now, out var key)) _heard = now;
            if (key is { } pressed && _open) _events.Pressed(pressed);
        }
    }

    private void TakeReports(TimeSpan now)
    {
        for (var i = 0; i < ReportsATick && _sockets.Reports.Poll(0, SelectMode.SelectRead); i++)
        {
            var length = Receive(_sockets.Reports);
            if (length > 0 && _secrets is not null) length = _secrets.Receive.UnprotectRtcp(_in.AsSpan(0, length));
            if (length <= 0 || Source.Latched is not { } peer || !SourceRule.SameHost(_from, peer)) continue;
            // A caller whose phone sends nothing in silence still reports.
            if (_reports.Receive(_in.AsSpan(0, length), now, _time.GetUtcNow())) _heard = now;
        }
    }

    private int Receive(Socket socket)
    {
        try
        {
            _from.Size = _from.Buffer.Length;
            return socket.ReceiveFrom(_in, SocketFlags.None, _from);
        }
        catch (SocketException)
        {
            // The far end has closed its port, or the datagram was too long: neither is ours to mend.
            return 0;
        }
    }

    private void Send(long frame)
    {
        var samples = _open ? _audio!.Play(_frame) : 0;
        var length = _sender.Write(frame, _frame.AsSpan(0, samples), _out);
        if (length == 0 || Source.Latched is not { } to) return;
        if (_secrets is not null) length = _secrets.Send.Protect(_out, length);
        Send(_sockets.Sound, length, to);
        Volatile.Write(ref _sent, _sent + 1);
    }

    private void SendReport(int length)
    {
        if (_reportsTo is not { } to) return;
        if (_secrets is not null) length = _secrets.Send.ProtectRtcp(_out, length);
        Send(_sockets.Reports, length, to);
    }

    private void Send(Socket socket, int length, SocketAddress to)
    {
        try
        {
            socket.SendTo(_out.AsSpan(0, length), SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // A full buffer or a way that is gone: sound that is not sent now is never worth sending.
        }
    }
}
