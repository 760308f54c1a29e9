using System.Buffers.Binary;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>A datagram read as RTP (RFC 3550 section 5.1). A view: it lives no longer than the datagram's bytes.</summary>
public readonly ref struct RtpPacket
{
    private RtpPacket(RtpHeader header, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> extension, ushort profile, int sources)
    {
        Header = header;
        Payload = payload;
        Extension = extension;
        ExtensionProfile = profile;
        ContributingSources = sources;
    }

    /// <summary>The fixed header.</summary>
    public RtpHeader Header { get; }

    /// <summary>The payload, without padding. May be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The extension's body (section 5.3.1); empty = none.</summary>
    public ReadOnlySpan<byte> Extension { get; }

    /// <summary>The extension's first 16 bits; 0xBEDE is RFC 8285.</summary>
    public ushort ExtensionProfile { get; }

    /// <summary>How many mixed streams the packet names.</summary>
    public int ContributingSources { get; }

    /// <summary>Tells RTCP from RTP on one port by the second byte, 192 to 223 (RFC 5761 section 4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) => datagram.Length >= 8 && datagram[0] >> 6 == 2 && datagram[1] is >= 192 and <= 223;

    /// <summary>Bytes of header in front of the payload, contributing sources and extension included; 0 = no RTP packet.</summary>
    public static int HeaderLength(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < RtpHeader.Bytes || datagram[0] >> 6 != 2) return 0;
        var length = RtpHeader.Bytes + ((datagram[0] & 0x0F) * 4);
        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length < length + 4) return 0;
            length += 4 + (BinaryPrimitives.ReadUInt16BigEndian(datagram[(length + 2)..]) * 4);
        }

        return length <= datagram.Length ? length : 0;
    }

    /// <summary>Reads a datagram. Never throws: what a stranger sends is input.</summary>
    /// <returns>False: not RTP of version 2, or cut short, or with padding that cannot be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        var start = HeaderLength(datagram);
        if (start == 0 || IsRtcp(datagram)) return false;
        var end = datagram.Length;
        if ((datagram[0] & 0x20) != 0)
        {
            // The last byte counts the padding, itself included.
            var padding = datagram[^1];
            if (padding == 0 || padding > end - start) return false;
            end -= padding;
        }

        var sources = datagram[0] & 0x0F;
        var extension = ReadOnlySpan<byte>.Empty;
        ushort profile = 0;
        if ((datagram[0] & 0x10) != 0)
        {
            var at = RtpHeader.Bytes + (sources * 4);
            profile = BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            extension = datagram[(at + 4)..start];
        }

        var header = new RtpHeader(
            (byte)(datagram[1] & 0x7F),
            (datagram[1] & 0x80) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]));
        packet = new(header, datagram[start..end], extension, profile, sources);
        return true;
    }
}
