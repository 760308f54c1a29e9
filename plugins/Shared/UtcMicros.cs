using NodaTime;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>Instants as stored: microseconds since 1970 in UTC. SQLite orders and indexes whole numbers; it cannot order offsets.</summary>
internal static class UtcMicros
{
    private const int TicksPerMicro = 10;

    /// <summary>Now.</summary>
    public static long Now(TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow()).Micros();

    /// <summary>To storage.</summary>
    public static long Micros(this Instant instant) => instant.ToUnixTimeTicks() / TicksPerMicro;

    /// <summary>From storage.</summary>
    public static Instant ToInstant(long micros) => Instant.FromUnixTimeTicks(micros * TicksPerMicro);

    /// <summary>A length.</summary>
    public static long Micros(this TimeSpan length) => length.Ticks / TicksPerMicro;
}
