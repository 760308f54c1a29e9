namespace ContactCenterAgent.Benchmarks.Streams;

/// <summary>How late one stream's frames came, against the schedule of the earliest among them: 20 ms each.</summary>
/// <param name="expected">Frames that room is made for beforehand, so that counting takes no memory while it lasts.</param>
internal sealed class FrameLateness(int expected = 0)
{
    private readonly List<TimeSpan> _offsets = new(expected);

    /// <summary>Frames counted.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames more than 20 ms late.</summary>
    public long LaterThanFrame { get; private set; }

    /// <summary>The latest.</summary>
    public TimeSpan Latest { get; private set; }

    /// <summary>A frame came.</summary>
    public void Add(TimeSpan at) => _offsets.Add(at - (_offsets.Count * TimeSpan.FromMilliseconds(20)));

    /// <summary>No more come.</summary>
    public FrameLateness Close()
    {
        if (_offsets.Count == 0) return this;
        var schedule = _offsets.Min();
        Frames = _offsets.Count;
        LaterThanFrame = _offsets.Count(o => o - schedule > TimeSpan.FromMilliseconds(20));
        Latest = _offsets.Max() - schedule;
        return this;
    }

    /// <summary>Both together.</summary>
    public FrameLateness With(FrameLateness other) =>
        new() { Frames = Frames + other.Frames, LaterThanFrame = LaterThanFrame + other.LaterThanFrame, Latest = Latest > other.Latest ? Latest : other.Latest };
}
