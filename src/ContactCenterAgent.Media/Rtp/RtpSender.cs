using System.Security.Cryptography;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>Numbers the packets of one stream that we send. Timestamps follow the media clock's frames, also over pauses.</summary>
/// <remarks>No allocation. Not thread-safe.</remarks>
public sealed class RtpSender
{
    private readonly uint _timestampStart;
    private ushort _sequence;

    /// <summary>A stream with given first numbers; for a line they are random (RFC 3550 section 5.1).</summary>
    /// <param name="ssrc">Names the stream.</param>
    /// <param name="sequence">The first packet's.</param>
    /// <param name="timestamp">Of media time zero.</param>
    public RtpSender(uint ssrc, ushort sequence, uint timestamp) => (Ssrc, _sequence, _timestampStart) = (ssrc, sequence, timestamp);

    /// <summary>A stream with random first numbers.</summary>
    public static RtpSender WithRandomStart() => new(Random(), (ushort)Random(), Random());

    /// <summary>Names the stream.</summary>
    public uint Ssrc { get; }

    /// <summary>Packets written; wraps as the report's counter does.</summary>
    public uint Packets { get; private set; }

    /// <summary>Payload bytes written; wraps.</summary>
    public uint Octets { get; private set; }

    /// <summary>The RTP timestamp of a media time.</summary>
    /// <param name="mediaTime">Units of the payload's clock since the stream began.</param>
    public uint TimestampAt(long mediaTime) => _timestampStart + (uint)mediaTime;

    /// <summary>Writes the next packet's header in front of a payload that stands at <see cref="RtpHeader.Bytes"/>.</summary>
    /// <param name="packet">Header and payload; its first 12 bytes are written.</param>
    /// <param name="payloadType">As negotiated.</param>
    /// <param name="marker">The first packet of a talk spurt or of a telephone event.</param>
    /// <param name="mediaTime">Units of the payload's clock since the stream began; the same for all packets of a telephone event.</param>
    public void WriteHeader(Span<byte> packet, byte payloadType, bool marker, long mediaTime)
    {
        new RtpHeader(payloadType, marker, _sequence, TimestampAt(mediaTime), Ssrc).Write(packet);
        _sequence++;
        Packets++;
        Octets += (uint)(packet.Length - RtpHeader.Bytes);
    }

    private static uint Random()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
