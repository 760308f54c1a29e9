using System.Buffers.Binary;
using System.Text;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>
/// The reports of one leg (RFC 3550 section 6): what we sent and heard goes out about every five seconds; what the far end heard of us comes back. A far end that sends none is normal.
/// </summary>
/// <remarks>No allocation after it is made. Not thread-safe.</remarks>
public sealed class RtcpSession
{
    /// <summary>Room that a report or a goodbye needs, in bytes.</summary>
    public const int BytesMax = 128;

    private const byte SenderReport = 200;
    private const byte ReceiverReport = 201;
    private const byte SourceDescription = 202;
    private const byte Goodbye = 203;
    private const int BlockBytes = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly RtpSender _sender;
    private readonly RtpReceiver _receiver;
    private readonly byte[] _name;
    private uint _random;
    private uint _lastReport;
    private TimeSpan _lastReportAt;
    private uint _reportedPackets;

    /// <summary>Makes one.</summary>
    /// <param name="sender">What we send.</param>
    /// <param name="receiver">What we hear.</param>
    /// <param name="canonicalName">Stays the same for the leg's life and says nothing about a person (RFC 7022); at most 40 bytes are sent.</param>
    /// <param name="now">Of a monotonic clock.</param>
    public RtcpSession(RtpSender sender, RtpReceiver receiver, string canonicalName, TimeSpan now)
    {
        (_sender, _receiver) = (sender, receiver);
        _name = Encoding.UTF8.GetBytes(canonicalName)[..Math.Min(40, Encoding.UTF8.GetByteCount(canonicalName))];
        _random = sender.Ssrc | 1;
        NextReportAt = now + Random(Interval / 2);
    }

    /// <summary>When the next report is due, by the clock that was given.</summary>
    public TimeSpan NextReportAt { get; private set; }

    /// <summary>There and back, by the last report; null = the far end has sent none that quotes ours.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Packets of ours that the far end has missed.</summary>
    public int FarLost { get; private set; }

    /// <summary>Jitter that the far end sees, in timestamp units.</summary>
    public uint FarJitter { get; private set; }

    /// <summary>Reports that came.</summary>
    public int Reports { get; private set; }

    /// <summary>The far end has said goodbye.</summary>
    public bool FarLeft { get; private set; }

    /// <summary>Writes a report with our name: a sender report if we have sent since the last one, else a receiver report.</summary>
    /// <param name="packet">At least <see cref="BytesMax"/>.</param>
    /// <param name="now">Of the monotonic clock.</param>
    /// <param name="wall">Wall clock at the same moment.</param>
    /// <param name="mediaTime">Media time at the same moment, as <see cref="RtpSender.WriteHeader"/> counts it.</param>
    /// <returns>Bytes.</returns>
    public int WriteReport(Span<byte> packet, TimeSpan now, DateTimeOffset wall, long mediaTime)
    {
        NextReportAt = now + (Interval / 2) + Random(Interval);
        var length = Report(packet, now, wall, mediaTime);
        return length + Name(packet[length..]);
    }

    /// <summary>Writes the last report and a goodbye.</summary>
    /// <returns>Bytes.</returns>
    public int WriteGoodbye(Span<byte> packet, TimeSpan now, DateTimeOffset wall, long mediaTime)
    {
        var length = WriteReport(packet, now, wall, mediaTime);
        Head(packet[length..], 1, Goodbye, 8);
        BinaryPrimitives.WriteUInt32BigEndian(packet[(length + 4)..], _sender.Ssrc);
        return length + 8;
    }

    /// <summary>Takes what came. Never throws.</summary>
    /// <param name="datagram">A compound packet.</param>
    /// <param name="now">Of the monotonic clock.</param>
    /// <param name="wall">Wall clock at the same moment.</param>
    /// <returns>False: it is none; what could be read up to there has been taken.</returns>
    public bool Receive(ReadOnlySpan<byte> datagram, TimeSpan now, DateTimeOffset wall)
    {
        var first = true;
        while (datagram.Length >= 4)
        {
            var length = (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) + 1) * 4;
            var type = datagram[1];
            if (datagram[0] >> 6 != 2 || length > datagram.Length || (first && type is not (SenderReport or ReceiverReport))) return false;
            Take(datagram[..length], type, now, wall);
            datagram = datagram[length..];
            first = false;
        }

        return datagram.IsEmpty && !first;
    }

    private void Take(ReadOnlySpan<byte> packet, byte type, TimeSpan now, DateTimeOffset wall)
    {
        var count = packet[0] & 0x1F;
        switch (type)
        {
            case SenderReport when packet.Length >= 28:
                if (BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) == _receiver.Ssrc)
                    (_lastReport, _lastReportAt) = (NtpTime.Middle(BinaryPrimitives.ReadUInt64BigEndian(packet[8..])), now);
                Reports++;
                TakeBlocks(packet[28..], count, wall);
                break;
            case ReceiverReport when packet.Length >= 8:
                Reports++;
                TakeBlocks(packet[8..], count, wall);
                break;
            case Goodbye:
                for (var at = 4; at + 4 <= packet.Length && count-- > 0; at += 4)
                    FarLeft |= BinaryPrimitives.ReadUInt32BigEndian(packet[at..]) == _receiver.Ssrc;
                break;
        }
    }

    private void TakeBlocks(ReadOnlySpan<byte> blocks, int count, DateTimeOffset wall)
    {
        for (; count > 0 && blocks.Length >= BlockBytes; count--, blocks = blocks[BlockBytes..])
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(blocks) != _sender.Ssrc) continue;
            FarLost = BinaryPrimitives.ReadInt32BigEndian(blocks[4..]) << 8 >> 8;
            FarJitter = BinaryPrimitives.ReadUInt32BigEndian(blocks[12..]);
            var quoted = BinaryPrimitives.ReadUInt32BigEndian(blocks[16..]);
            var held = BinaryPrimitives.ReadUInt32BigEndian(blocks[20..]);
            var there = (int)(NtpTime.Middle(NtpTime.Of(wall)) - quoted - held);
            if (quoted != 0 && there >= 0) RoundTrip = TimeSpan.FromSeconds(there / 65536.0);
        }
    }

    private int Report(Span<byte> packet, TimeSpan now, DateTimeOffset wall, long mediaTime)
    {
        var sends = _sender.Packets != _reportedPackets;
        _reportedPackets = _sender.Packets;
        var hears = _receiver.Received > 0;
        var at = sends ? 28 : 8;
        Head(packet, hears ? 1 : 0, sends ? SenderReport : ReceiverReport, at + (hears ? BlockBytes : 0));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], _sender.Ssrc);
        if (sends)
        {
            BinaryPrimitives.WriteUInt64BigEndian(packet[8..], NtpTime.Of(wall));
            BinaryPrimitives.WriteUInt32BigEndian(packet[16..], _sender.TimestampAt(mediaTime));
            BinaryPrimitives.WriteUInt32BigEndian(packet[20..], _sender.Packets);
            BinaryPrimitives.WriteUInt32BigEndian(packet[24..], _sender.Octets);
        }

        if (!hears) return at;
        WriteBlock(packet[at..], now);
        return at + BlockBytes;
    }

    private void WriteBlock(Span<byte> block, TimeSpan now)
    {
        var lost = (int)Math.Clamp(_receiver.Lost, -0x800000, 0x7FFFFF);
        BinaryPrimitives.WriteUInt32BigEndian(block, _receiver.Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], lost & 0xFFFFFF);
        block[4] = _receiver.TakeFractionLost();
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], _receiver.HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], (uint)_receiver.Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], _lastReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], _lastReport == 0 ? 0 : (uint)((now - _lastReportAt).TotalSeconds * 65536));
    }

    private int Name(Span<byte> packet)
    {
        // Item 1 is CNAME; the items end with at least one zero and fill whole words (section 6.5).
        var length = (4 + 4 + 2 + _name.Length + 1 + 3) / 4 * 4;
        packet[..length].Clear();
        Head(packet, 1, SourceDescription, length);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], _sender.Ssrc);
        packet[8] = 1;
        packet[9] = (byte)_name.Length;
        _name.CopyTo(packet[10..]);
        return length;
    }

    private static void Head(Span<byte> packet, int count, byte type, int length)
    {
        packet[0] = (byte)(0x80 | count);
        packet[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((length / 4) - 1));
    }

    private TimeSpan Random(TimeSpan below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return below * (_random / (double)uint.MaxValue);
    }
}
