using System.Net;

namespace ContactCenterAgent.Transports.Sip.Media;

/// <summary>
/// Whose packets count (RFC 4961, RFC 7362 section 4). The signalled address is believed at once; another one only when packets in sequence came from it and
/// the one before is silent: callers behind translators do that, and so would a stranger who injects sound.
/// </summary>
internal sealed class SourceRule
{
    /// <summary>Packets in sequence that a source must send before it is believed.</summary>
    internal const int Proof = 4;

    /// <summary>Silence after which another source may take over.</summary>
    internal static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(3);

    private SocketAddress? _signalled;
    private SocketAddress? _candidate;
    private uint _candidateSsrc;
    private ushort _candidateNext;
    private int _candidateCount;
    private TimeSpan? _heard;

    /// <summary>Who is believed, and whom we send to; null = nobody is known.</summary>
    internal SocketAddress? Latched { get; private set; }

    /// <summary>Packets of others, dropped.</summary>
    internal long Strangers { get; private set; }

    /// <summary>The peer has said where it is. Whoever was believed is forgotten if that changed.</summary>
    internal void Signal(IPEndPoint? remote)
    {
        var address = remote?.Serialize();
        if (address is not null && _signalled is not null && address.Equals(_signalled)) return;
        (_signalled, Latched, _candidate, _heard) = (address, address, null, null);
    }

    /// <summary>Whether a packet counts.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="ssrc">Its source.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="authentic">Its SRTP tag was right: only the peer can have made it, wherever it came from.</param>
    /// <param name="now">Of a monotonic clock.</param>
    internal bool Accept(SocketAddress source, uint ssrc, ushort sequence, bool authentic, TimeSpan now)
    {
        if (Latched is { } latched && latched.Equals(source))
        {
            _heard = now;
            return true;
        }

        if (authentic || (MayTakeOver(source, now) && IsProven(source, ssrc, sequence)))
        {
            Latched = Copy(source);
            (_candidate, _heard) = (null, now);
            return true;
        }

        Strangers++;
        return false;
    }

    /// <summary>Same address, whatever the port.</summary>
    internal static bool SameHost(SocketAddress a, SocketAddress b)
    {
        // Behind family and port: 4 bytes, or flow label, 16 bytes and scope (struct sockaddr_in, sockaddr_in6).
        var (start, length) = a.Family == System.Net.Sockets.AddressFamily.InterNetworkV6 ? (8, 16) : (4, 4);
        return a.Family == b.Family && a.Buffer.Span.Slice(start, length).SequenceEqual(b.Buffer.Span.Slice(start, length));
    }

    private bool MayTakeOver(SocketAddress source, TimeSpan now)
    {
        if (_heard is { } heard) return now - heard >= SilentMax;
        // Nothing has been heard yet: whoever proves itself first, the signalled host before others.
        return _signalled is null || !source.Equals(_signalled);
    }

    private bool IsProven(SocketAddress source, uint ssrc, ushort sequence)
    {
        if (_candidate is null || !_candidate.Equals(source) || _candidateSsrc != ssrc || _candidateNext != sequence)
        {
            if (_candidate is null || !_candidate.Equals(source)) _candidate = Copy(source);
            (_candidateSsrc, _candidateCount) = (ssrc, 0);
        }

        _candidateNext = (ushort)(sequence + 1);
        return ++_candidateCount >= Proof;
    }

    // The socket fills the same object for every packet; only a new candidate costs a copy.
    private static SocketAddress Copy(SocketAddress source)
    {
        var copy = new SocketAddress(source.Family, source.Size);
        source.Buffer.Span[..source.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
