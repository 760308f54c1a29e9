namespace ContactCenterAgent.Media.Rtp;

/// <summary>A packet of a key that is to be sent.</summary>
/// <param name="Event">The payload.</param>
/// <param name="MediaTime">The timestamp, as media time: that of the event's beginning.</param>
/// <param name="Marker">First packet of the event.</param>
public readonly record struct TelephoneEventPacket(TelephoneEvent Event, long MediaTime, bool Marker);

/// <summary>Sends keys as telephone events: a packet a frame, the end three times, a pause between keys (RFC 4733 section 2.5.1). Sound pauses while it is busy.</summary>
/// <remarks>No allocation after it is made. Not thread-safe.</remarks>
public sealed class TelephoneEventSender
{
    private const int Ends = 3;
    private const byte Volume = 10;

    private readonly Queue<(byte Code, int Samples)> _keys = new(32);
    private readonly int _frameSamples;
    private readonly int _gapFrames;
    private (byte Code, int Samples)? _current;
    private long _start;
    private int _sent;
    private int _ends;
    private int _gap;
    private bool _marker;
    private ushort _duration;

    /// <summary>Makes one.</summary>
    /// <param name="frameSamples">Timestamp units a frame: 160 for 20 ms at 8000 Hz.</param>
    /// <param name="gapFrames">Frames of pause after a key; 3 = 60 ms.</param>
    public TelephoneEventSender(int frameSamples, int gapFrames = 3) => (_frameSamples, _gapFrames) = (frameSamples, gapFrames);

    /// <summary>A key is being sent or waits.</summary>
    public bool IsBusy => _current is not null || _gap > 0 || _keys.Count > 0;

    /// <summary>Queues a key.</summary>
    /// <param name="key">One of 0-9, *, #, A-D.</param>
    /// <param name="samples">How long it is pressed, in timestamp units; 100 ms is 800. May exceed 16 bits.</param>
    /// <returns>False: it is no key, or 32 wait already.</returns>
    public bool Press(char key, int samples)
    {
        if (TelephoneEvent.CodeOf(key) is not { } code || _keys.Count == 32) return false;
        _keys.Enqueue((code, Math.Max(samples, 2 * _frameSamples)));
        return true;
    }

    /// <summary>Gives the packet of the frame that begins at a media time.</summary>
    /// <returns>False: nothing is sent in this frame; while <see cref="IsBusy"/> that is a pause between keys.</returns>
    public bool TryNext(long mediaTime, out TelephoneEventPacket packet)
    {
        packet = default;
        if (_gap > 0)
        {
            _gap--;
            return false;
        }

        if (_current is null)
        {
            if (!_keys.TryDequeue(out var key)) return false;
            (_current, _start, _sent, _ends, _marker) = (key, mediaTime, 0, 0, true);
        }

        var (code, samples) = _current.Value;
        if (_ends == 0) Advance(mediaTime, samples);
        var ended = _sent >= samples;
        if (_ends == 0) _duration = (ushort)(mediaTime + _frameSamples - _start);
        packet = new(new(code, ended, Volume, _duration), _start, _marker);
        _marker = false;
        if (ended && ++_ends == Ends) (_current, _gap) = (null, _gapFrames);
        return true;
    }

    private void Advance(long mediaTime, int samples)
    {
        // A duration that no longer fits begins another segment at a new timestamp, without a marker (section 2.5.1.3).
        if (mediaTime + _frameSamples - _start > ushort.MaxValue) _start = mediaTime;
        _sent = Math.Min(samples, _sent + _frameSamples);
    }
}
