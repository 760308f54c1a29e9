using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ContactCenterAgent.Media.Srtp;

/// <summary>Checks and opens what comes (RFC 3711), under the far end's key. What is forged or comes again is refused and counted.</summary>
/// <remarks>No allocation after it is made, but for a source's first packet. Not thread-safe.</remarks>
public sealed class SrtpReceiver : IDisposable
{
    /// <summary>Sources remembered under one key. Only who has the key can use them up.</summary>
    private const int SourcesMax = 8;

    private readonly SessionKeys _rtp;
    private readonly SessionKeys _rtcp;
    private readonly int _tagBytes;
    private readonly Dictionary<uint, ReplayWindow> _sources = new(SourcesMax);
    private ReplayWindow _rtcpSeen;

    /// <summary>Makes one.</summary>
    public SrtpReceiver(SrtpSuite suite, SrtpKey key)
    {
        _tagBytes = suite == SrtpSuite.AesCm128HmacSha1Tag80 ? 10 : 4;
        _rtp = new(key, 0);
        _rtcp = new(key, 3);
    }

    /// <summary>Packets whose tag was wrong, or that were cut short.</summary>
    public long Forged { get; private set; }

    /// <summary>Packets that had come before, or were too old to tell.</summary>
    public long Replayed { get; private set; }

    /// <summary>Opens an RTP packet in place.</summary>
    /// <param name="packet">As it came.</param>
    /// <returns>Bytes of the packet without its tag; 0 = refused.</returns>
    public int Unprotect(Span<byte> packet)
    {
        var length = packet.Length - _tagBytes;
        var header = length > 0 ? Rtp.RtpPacket.HeaderLength(packet[..length]) : 0;
        if (header == 0 || packet.Length > SessionKeys.PacketMax) return Forge();
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var known = _sources.TryGetValue(ssrc, out var seen);
        if (!known && _sources.Count == SourcesMax) return Forge();
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var index = known ? Guess(seen.Highest, sequence) : sequence;
        if (index < 0 || !seen.IsNew(index))
        {
            Replayed++;
            return 0;
        }

        if (!IsGenuine(_rtp, packet, length, (uint)(index >> 16), _tagBytes)) return Forge();
        seen.Add(index);
        _sources[ssrc] = seen;
        _rtp.Cipher(packet[header..length], ssrc, index);
        return length;
    }

    /// <summary>Opens an RTCP packet in place (section 3.4).</summary>
    /// <param name="packet">As it came.</param>
    /// <returns>Bytes of the packet without index and tag; 0 = refused.</returns>
    public int UnprotectRtcp(Span<byte> packet)
    {
        var length = packet.Length - SrtpSender.RtcpOverhead;
        if (length < 8 || packet.Length > SessionKeys.PacketMax) return Forge();
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        var index = (long)(word & 0x7FFFFFFF);
        if (!_rtcpSeen.IsNew(index))
        {
            Replayed++;
            return 0;
        }

        if (!IsGenuine(_rtcp, packet, length + 4, null, 10)) return Forge();
        _rtcpSeen.Add(index);
        if (word >> 31 == 1) _rtcp.Cipher(packet[8..length], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), index);
        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    /// <summary>The index nearest to the highest that has come (section 3.3.1).</summary>
    private static long Guess(long highest, ushort sequence) => highest + (short)(sequence - (ushort)highest);

    private static bool IsGenuine(SessionKeys keys, ReadOnlySpan<byte> packet, int length, uint? rollOver, int tagBytes)
    {
        Span<byte> tag = stackalloc byte[20];
        keys.Authenticate(packet[..length], rollOver, tag);
        return CryptographicOperations.FixedTimeEquals(tag[..tagBytes], packet.Slice(length, tagBytes));
    }

    private int Forge()
    {
        Forged++;
        return 0;
    }
}
