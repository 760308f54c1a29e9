namespace ContactCenterAgent.Host.Timelines;

/// <summary>Two moments that must stand apart on the axis.</summary>
/// <param name="From">The earlier one.</param>
/// <param name="To">The later one.</param>
/// <param name="Columns">At least so far apart.</param>
internal readonly record struct Span(TimeSpan From, TimeSpan To, int Columns);

/// <summary>Maps call time to columns: wide where something is written, narrow where nothing is.</summary>
internal sealed class StaffAxis
{
    private const double ColumnsPerSecond = 8;
    private const double SilenceMax = 10;
    private readonly List<TimeSpan> _times;
    private readonly List<double> _columns;

    /// <summary>Lays the axis out: each moment as far left as all spans that end there allow.</summary>
    public StaffAxis(IReadOnlyCollection<Span> spans)
    {
        _times = [.. spans.SelectMany(s => (TimeSpan[])[s.From, s.To]).Append(TimeSpan.Zero).Distinct().Order()];
        var ends = spans.ToLookup(s => s.To);
        _columns = new(_times.Count);
        for (var i = 0; i < _times.Count; i++)
        {
            var column = i == 0 ? 0 : _columns[^1] + Math.Min(SilenceMax, (_times[i] - _times[i - 1]).TotalSeconds * ColumnsPerSecond);
            foreach (var span in ends[_times[i]])
                if (span.From < span.To) column = Math.Max(column, _columns[_times.BinarySearch(span.From)] + span.Columns);
            _columns.Add(column);
        }
    }

    /// <summary>The column of a moment; between two known moments by proportion.</summary>
    public int Column(TimeSpan at)
    {
        var i = _times.BinarySearch(at);
        if (i >= 0) return (int)_columns[i];
        i = ~i;
        if (i == _times.Count) return (int)_columns[^1];
        var share = (at - _times[i - 1]) / (_times[i] - _times[i - 1]);
        return (int)(_columns[i - 1] + share * (_columns[i] - _columns[i - 1]));
    }

    /// <summary>The last moment on the axis.</summary>
    public TimeSpan End => _times[^1];
}
