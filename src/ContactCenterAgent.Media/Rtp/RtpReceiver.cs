namespace ContactCenterAgent.Media.Rtp;

/// <summary>What a packet is to the stream it came on.</summary>
public enum RtpArrival
{
    /// <summary>Of the present stream; in order, early or late.</summary>
    Current,

    /// <summary>The first that counts of another stream: sequence numbers and timestamps begin anew.</summary>
    NewStream,

    /// <summary>Not taken: of a stream that has yet to prove itself, or out of any order.</summary>
    Dropped,
}

/// <summary>Follows one RTP source: extends its sequence numbers and timestamps over their wraps, notices another stream, and keeps the figures of RFC 3550 appendix A.</summary>
/// <remarks>No allocation after it is made. Not thread-safe: one datagram at a time.</remarks>
public sealed class RtpReceiver
{
    /// <summary>A jump ahead of more packets than this is another stream or a restart (RFC 3550 appendix A.1).</summary>
    private const int DropoutMax = 3000;

    /// <summary>A packet that is older than this many is no reordered one.</summary>
    private const int MisorderMax = 100;

    private readonly int _clockRate;
    private bool _started;
    private uint _ssrc;
    private long _highest;
    private long _base;
    private long _timestamp;
    private uint _otherSsrc;
    private ushort _otherNext;
    private bool _hasOther;
    private long _received;
    private long _expectedPrior;
    private long _receivedPrior;
    private double _jitter;
    private double _transit;
    private bool _hasTransit;

    /// <summary>Follows a source whose timestamps run at a clock rate.</summary>
    /// <param name="clockRate">Hz; 8000 for telephone audio.</param>
    public RtpReceiver(int clockRate) => _clockRate = clockRate;

    /// <summary>The source; meaningful after the first packet.</summary>
    public uint Ssrc => _ssrc;

    /// <summary>Packets of the present stream that were taken.</summary>
    public long Received => _received;

    /// <summary>Two packets in sequence have come: it is a stream and not a stray packet.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The last packet's sequence number, extended beyond 16 bits. Never below zero.</summary>
    public long Sequence { get; private set; }

    /// <summary>The last packet's timestamp, extended beyond 32 bits, so that later is always larger.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Interarrival jitter in timestamp units (appendix A.8).</summary>
    public double Jitter => _jitter;

    /// <summary>Packets that should have come and did not, by now; below zero where there are duplicates (appendix A.3).</summary>
    public long Lost => _started ? Expected - _received : 0;

    /// <summary>The highest extended sequence number, as a report block carries it.</summary>
    public uint HighestSequence => (uint)_highest;

    private long Expected => _highest - _base + 1;

    /// <summary>Takes a packet's header.</summary>
    /// <param name="header">As read.</param>
    /// <param name="arrived">When it came, on any monotonic clock.</param>
    public RtpArrival Receive(in RtpHeader header, TimeSpan arrived)
    {
        if (!_started || (header.Ssrc != _ssrc && Proved(header)))
        {
            Begin(header);
            Follow(header, arrived);
            return RtpArrival.NewStream;
        }

        if (header.Ssrc != _ssrc) return RtpArrival.Dropped;
        var ahead = (short)(header.Sequence - (ushort)_highest);
        if (ahead is > DropoutMax or < -MisorderMax)
        {
            // A source that restarted without another name: two in sequence are believed.
            if (!Proved(header)) return RtpArrival.Dropped;
            Begin(header);
            Follow(header, arrived);
            return RtpArrival.NewStream;
        }

        _hasOther = false;
        IsValid |= ahead == 1;
        Sequence = _highest + ahead;
        if (ahead > 0) _highest = Sequence;
        Follow(header, arrived);
        return RtpArrival.Current;
    }

    /// <summary>The fraction lost since the last call, as a report block carries it: 256ths (appendix A.3).</summary>
    public byte TakeFractionLost()
    {
        if (!_started) return 0;
        var expected = Expected - _expectedPrior;
        var lost = expected - (_received - _receivedPrior);
        (_expectedPrior, _receivedPrior) = (Expected, _received);
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }

    /// <summary>Two packets in sequence of another stream: one could be a stranger's, or of a stream that has just ended.</summary>
    private bool Proved(in RtpHeader header)
    {
        var proved = _hasOther && header.Ssrc == _otherSsrc && header.Sequence == _otherNext;
        (_hasOther, _otherSsrc, _otherNext) = (!proved, header.Ssrc, (ushort)(header.Sequence + 1));
        return proved;
    }

    private void Begin(in RtpHeader header)
    {
        // One wrap up, so that a packet from before the first has a number too.
        IsValid = _started;
        (_started, _ssrc) = (true, header.Ssrc);
        _highest = _base = Sequence = header.Sequence + 0x10000L;
        _timestamp = header.Timestamp + 0x1_0000_0000L;
        (_received, _expectedPrior, _receivedPrior, _jitter, _hasTransit) = (0, 0, 0, 0, false);
    }

    private void Follow(in RtpHeader header, TimeSpan arrived)
    {
        _received++;
        Timestamp = _timestamp + (int)(header.Timestamp - (uint)_timestamp);
        if (Sequence == _highest) _timestamp = Timestamp;
        var transit = (arrived.TotalSeconds * _clockRate) - Timestamp;
        if (_hasTransit) _jitter += (Math.Abs(transit - _transit) - _jitter) / 16;
        (_transit, _hasTransit) = (transit, true);
    }
}
