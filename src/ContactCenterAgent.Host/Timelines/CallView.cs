using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Host.Timelines;

/// <summary>A call that is being watched. Thread-safe: the call's loop writes, screens read.</summary>
/// <param name="time">Moves what is running between two steps.</param>
public sealed class CallView(TimeProvider time) : ICallObserver
{
    private readonly Lock _gate = new();
    private readonly Timeline _timeline = new();
    private CallState? _last;
    private long _stepped;

    /// <inheritdoc/>
    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        lock (_gate)
        {
            if (happened is CallArrived arrived) Line = arrived.Line;
            _timeline.Add(happened, before, after, commands);
            (_last, _stepped) = (after, time.GetTimestamp());
            IsOver |= commands.Any(c => c is CloseCall);
        }
    }

    /// <inheritdoc/>
    public void Ended(CallId call) => IsOver = true;

    /// <summary>The call has been closed: nothing more comes.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The name of the line that the call arrived on; null = it has not arrived yet.</summary>
    public string? Line { get; private set; }

    /// <summary>The call's phase.</summary>
    public string Phase
    {
        get { lock (_gate) return _last?.Phase.ToString().ToLowerInvariant() ?? "arriving"; }
    }

    /// <summary>Mean response latency so far; null = no turn was answered.</summary>
    public TimeSpan? MeanLatency
    {
        get { lock (_gate) return _last is { ResponseLatencies: { Length: > 0 } answered } ? TimeSpan.FromTicks((long)answered.Average(l => l.Ticks)) : null; }
    }

    /// <summary>The call as it stands.</summary>
    /// <param name="from">Rows that the reader has already.</param>
    /// <returns>Call time, phase and the rows from there on.</returns>
    public (TimeSpan Now, string Phase, IReadOnlyList<TimelineRow> Rows) Read(int from)
    {
        lock (_gate)
        {
            if (_last is null) return (TimeSpan.Zero, Phase, []);
            var now = IsOver ? _last.Now : _last.Now + time.GetElapsedTime(_stepped);
            return (now, Phase, [.. _timeline.Rows.Skip(from)]);
        }
    }

    /// <summary>The call as a drawing.</summary>
    public Staff Draw(int width)
    {
        var (now, _, rows) = Read(0);
        return Staff.Draw(rows, now, width);
    }
}
