namespace ContactCenterAgent.Host.Agents;

/// <summary>The real clock, set to another day: what a script calls "tomorrow" is the same every time it is played.</summary>
/// <param name="start">What the clock shows now.</param>
/// <param name="inner">The real clock: timers and durations are its own.</param>
internal sealed class ShiftedTime(DateTimeOffset start, TimeProvider inner) : TimeProvider
{
    private readonly long _began = inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + inner.GetElapsedTime(_began);

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
