using System.Buffers.Binary;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>The fixed header of an RTP packet (RFC 3550 section 5.1), without contributing sources and extension.</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Marker">The first packet of a talk spurt or of a telephone event.</param>
/// <param name="Sequence">One up a packet; wraps.</param>
/// <param name="Timestamp">Media time in the payload's clock rate; wraps.</param>
/// <param name="Ssrc">Names the stream.</param>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc)
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int Bytes = 12;

    /// <summary>Writes the header: version 2, no padding, no extension, no contributing sources.</summary>
    /// <param name="packet">At least <see cref="Bytes"/> long.</param>
    public void Write(Span<byte> packet)
    {
        packet[0] = 0x80;
        packet[1] = (byte)((Marker ? 0x80 : 0) | (PayloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
    }
}
