namespace ContactCenterAgent.Media.Rtp;

/// <summary>Tells each key once, at the first packet of it that comes, whichever packets are lost (RFC 4733 section 2.5.2).</summary>
/// <remarks>No allocation. Not thread-safe.</remarks>
public sealed class TelephoneEventReceiver
{
    /// <summary>A segment of a long press is cut where its duration is full; some senders cut a little earlier (RFC 4733 section 2.5.1.3).</summary>
    private const int FullSegment = 0xF000;

    /// <summary>Senders that wrongly count the timestamp up in every packet do so in steps no longer than this: 50 ms.</summary>
    private const int StepMax = 400;

    private long _timestamp = long.MinValue;
    private TelephoneEvent _last;

    /// <summary>Another stream begins: its timestamps say nothing about the last one's.</summary>
    public void Reset() => _timestamp = long.MinValue;

    /// <summary>Takes a packet's payload.</summary>
    /// <param name="timestamp">Extended; constant over an event.</param>
    /// <param name="marker">First packet of an event.</param>
    /// <param name="payload">As it came.</param>
    /// <returns>The key that has just been pressed; null = nothing new.</returns>
    public char? Receive(long timestamp, bool marker, ReadOnlySpan<byte> payload)
    {
        // A packet older than the last event is one of an event that has been told already.
        if (!TelephoneEvent.TryRead(payload, out var next) || timestamp < _timestamp) return null;
        var goesOn = timestamp == _timestamp || (!marker && !_last.End && next.Code == _last.Code && IsContinued(timestamp - _timestamp, next));
        if (timestamp == _timestamp) next = next with { End = next.End || _last.End };
        (_timestamp, _last) = (timestamp, next);
        return goesOn ? null : next.Key;
    }

    private bool IsContinued(long step, TelephoneEvent next) =>
        (_last.Duration >= FullSegment && step is >= FullSegment and <= ushort.MaxValue) || (step <= StepMax && next.Duration > _last.Duration);
}
