namespace ContactCenterAgent.Media.Clock;

/// <summary>
/// When ticks are due: start + n * period, whatever happened in between. So there is no drift; what was missed is caught up, and after a stop of more than half a second
/// the clock goes on where it should be.
/// </summary>
internal sealed class MediaSchedule(TimeSpan start, TimeSpan period)
{
    /// <summary>Ticks caught up at most: 500 ms of 20 ms ticks. More is a machine that slept, and nobody wants to hear the past.</summary>
    public static readonly TimeSpan CatchUpMax = TimeSpan.FromMilliseconds(500);

    /// <summary>The next tick's number.</summary>
    public long Next { get; private set; }

    /// <summary>Ticks that were never run.</summary>
    public long Skipped { get; private set; }

    /// <summary>When the next tick is due.</summary>
    public TimeSpan DueAt => start + (Next * period);

    /// <summary>Takes the next tick if it is due.</summary>
    /// <param name="now">By the clock that gave the start.</param>
    /// <param name="tick">Its number.</param>
    /// <param name="late">How late it is.</param>
    public bool TryTake(TimeSpan now, out long tick, out TimeSpan late)
    {
        var behind = now - DueAt;
        if (behind > CatchUpMax)
        {
            var skip = behind.Ticks / period.Ticks;
            Next += skip;
            Skipped += skip;
        }

        (tick, late) = (Next, now - DueAt);
        if (late < TimeSpan.Zero) return false;
        Next++;
        return true;
    }
}
