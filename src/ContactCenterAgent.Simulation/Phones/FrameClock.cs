namespace ContactCenterAgent.Simulation.Phones;

/// <summary>
/// How punctual one stream of 20 ms frames is. Its ideal clock runs through the earliest frame since the call began, 20 ms a frame by the stream's own timestamps; a frame is late by what it comes after
/// its moment on that clock, and counts as late beyond 20 ms. A frame of the clock that never came is lost, whoever lost it.
/// </summary>
internal sealed class FrameClock
{
    private const int FrameUnits = 160;
    private const long FrameNs = 20_000_000;

    private bool _started;
    private uint _first;
    private ushort _sequence;
    private long _earliest;
    private int _highest;
    private int _from = -1;
    private int _frames;

    /// <summary>Frames that came, in the whole call.</summary>
    public long Received { get; private set; }

    /// <summary>Of those, more than 20 ms late.</summary>
    public long Late { get; private set; }

    /// <summary>Frames of the call that did not come, up to the latest that did.</summary>
    public long Missing => _started ? _highest + 1 - Received : 0;

    /// <summary>The same, of the counted stretch.</summary>
    public FrameFigures Counted { get; private set; } = new(0, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Counts a stretch that begins with the next frame.</summary>
    public void Count(int frames) => (_from, _frames, Counted) = (-2, frames, new(0, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The call has ended: of the stretch, no more is owed than has come due.</summary>
    public void End() => _frames = _from >= 0 ? Math.Min(_frames, Math.Max(0, _highest + 1 - _from)) : 0;

    /// <summary>Takes a frame.</summary>
    /// <param name="sequence">Of the packet.</param>
    /// <param name="timestamp">Of the packet, 8000 a second.</param>
    /// <param name="arrived">Nanoseconds of any clock that does not jump.</param>
    public void Take(ushort sequence, uint timestamp, long arrived)
    {
        if (_started && sequence == _sequence) return;
        if (!_started) (_started, _first, _earliest) = (true, timestamp, arrived);
        _sequence = sequence;
        var index = (int)(timestamp - _first) / FrameUnits;
        var offset = arrived - (index * FrameNs);
        _earliest = Math.Min(_earliest, offset);
        _highest = Math.Max(_highest, index);
        var late = offset - _earliest;
        Received++;
        if (late > FrameNs) Late++;
        if (_from == -2) _from = index;
        if (_from >= 0 && index >= _from && index < _from + _frames) Counted = Counted.With(late > FrameNs, TimeSpan.FromTicks(late / 100));
    }

    /// <summary>The counted stretch, with what was owed.</summary>
    public FrameFigures Settle() => Counted with { Owed = _frames, Lost = Math.Max(0, _frames - Counted.Received) };
}

/// <summary>How punctual frames of 20 ms were.</summary>
/// <param name="Owed">Frames that the streams' own clocks had.</param>
/// <param name="Received">Frames that came.</param>
/// <param name="Late">Of those, more than 20 ms after their moment.</param>
/// <param name="Lost">Frames that did not come.</param>
/// <param name="Latest">The latest frame's lateness.</param>
public readonly record struct FrameFigures(long Owed, long Received, long Late, long Lost, TimeSpan Latest)
{
    /// <summary>Late frames among those that came, 0 to 1.</summary>
    public double LateShare => Received == 0 ? 0 : (double)Late / Received;

    /// <summary>Lost frames among those owed, 0 to 1.</summary>
    public double LostShare => Owed == 0 ? 0 : (double)Lost / Owed;

    internal FrameFigures With(bool late, TimeSpan by) => this with { Received = Received + 1, Late = Late + (late ? 1 : 0), Latest = by > Latest ? by : Latest };

    internal FrameFigures With(FrameFigures other) =>
        new(Owed + other.Owed, Received + other.Received, Late + other.Late, Lost + other.Lost, Latest > other.Latest ? Latest : other.Latest);
}
