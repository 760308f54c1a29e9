using System.Buffers.Binary;

namespace ContactCenterAgent.Media.Srtp;

/// <summary>Protects what we send (RFC 3711), under one key of our own.</summary>
/// <remarks>No allocation after it is made. Not thread-safe.</remarks>
public sealed class SrtpSender : IDisposable
{
    /// <summary>Bytes that protection adds to an RTP packet at most.</summary>
    public const int RtpOverhead = 10;

    /// <summary>Bytes that protection adds to an RTCP packet.</summary>
    public const int RtcpOverhead = 14;

    private readonly SessionKeys _rtp;
    private readonly SessionKeys _rtcp;
    private readonly int _tagBytes;
    private long _index = -1;
    private uint _rtcpIndex;

    /// <summary>Makes one.</summary>
    public SrtpSender(SrtpSuite suite, SrtpKey key)
    {
        _tagBytes = suite == SrtpSuite.AesCm128HmacSha1Tag80 ? 10 : 4;
        _rtp = new(key, 0);
        _rtcp = new(key, 3);
    }

    /// <summary>Encrypts an RTP packet in place and puts the tag behind it. Packets come in the order of their sequence numbers.</summary>
    /// <param name="packet">The packet, with room for <see cref="RtpOverhead"/> behind it.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <returns>Bytes with the tag.</returns>
    /// <exception cref="ArgumentException">It is no RTP packet of a fit size.</exception>
    public int Protect(Span<byte> packet, int length)
    {
        var header = Rtp.RtpPacket.HeaderLength(packet[..length]);
        if (header == 0 || length > SessionKeys.PacketMax) throw new ArgumentException("Only an RTP packet can be protected.", nameof(packet));
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        _index = _index < 0 ? sequence : _index + (short)(sequence - (ushort)_index);
        _rtp.Cipher(packet[header..length], BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), _index);
        Span<byte> tag = stackalloc byte[20];
        _rtp.Authenticate(packet[..length], (uint)(_index >> 16), tag);
        tag[.._tagBytes].CopyTo(packet[length..]);
        return length + _tagBytes;
    }

    /// <summary>Encrypts a compound RTCP packet in place and puts index and tag behind it (section 3.4).</summary>
    /// <param name="packet">The packet, with room for <see cref="RtcpOverhead"/> behind it.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <returns>Bytes with index and tag.</returns>
    /// <exception cref="ArgumentException">It is no RTCP packet of a fit size.</exception>
    public int ProtectRtcp(Span<byte> packet, int length)
    {
        if (length is < 8 or > SessionKeys.PacketMax) throw new ArgumentException("Only an RTCP packet can be protected.", nameof(packet));
        var index = _rtcpIndex = (_rtcpIndex + 1) & 0x7FFFFFFF;
        _rtcp.Cipher(packet[8..length], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[length..], 0x80000000 | index);
        Span<byte> tag = stackalloc byte[20];
        _rtcp.Authenticate(packet[..(length + 4)], null, tag);
        tag[..10].CopyTo(packet[(length + 4)..]);
        return length + RtcpOverhead;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }
}
