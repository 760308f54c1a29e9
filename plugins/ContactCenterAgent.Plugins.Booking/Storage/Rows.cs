namespace ContactCenterAgent.Plugins.Booking.Storage;

/// <summary>A service; its other words are joined by semicolons, as are all lists here.</summary>
internal sealed class ServiceRow
{
    public required string Name { get; init; }

    public int Position { get; init; }

    public int Minutes { get; init; }

    public int PricePence { get; init; }

    public required string Words { get; init; }
}

/// <summary>A provider.</summary>
internal sealed class ProviderRow
{
    public required string Name { get; init; }

    public int Position { get; init; }

    public required string Role { get; init; }

    public required string Services { get; init; }

    public required string Words { get; init; }
}

/// <summary>An open day of the week, Monday = 1; minutes since local midnight.</summary>
internal sealed class HoursRow
{
    public int Day { get; init; }

    public int OpensMinute { get; init; }

    public int ClosesMinute { get; init; }
}

/// <summary>A stretch in which a provider sees customers.</summary>
internal sealed class ShiftRow
{
    public required string Provider { get; init; }

    public long StartMicros { get; init; }

    public long EndMicros { get; init; }
}

/// <summary>One half hour of one provider that an appointment takes.</summary>
internal sealed class GrainRow
{
    public required string Provider { get; init; }

    public long StartMicros { get; init; }

    public required string AppointmentId { get; set; }
}

/// <summary>A hold that was released before its placing arrived.</summary>
internal sealed class ReleasedRow
{
    public required string HoldId { get; init; }

    public long AtMicros { get; init; }
}

/// <summary>Where an appointment stands. Only the first two keep their grains.</summary>
internal enum AppointmentState
{
    Held = 0,
    Booked = 1,
    Released = 2,
    Expired = 3,
    Cancelled = 4,
    Moved = 5,
}

/// <summary>An appointment, from its hold on.</summary>
internal sealed class AppointmentRow
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Provider { get; init; }

    public required string Service { get; init; }

    public long StartMicros { get; init; }

    public long EndMicros { get; init; }

    public AppointmentState State { get; set; }

    /// <summary>The hold that it came from, <c>call/number</c>; null where it came from elsewhere.</summary>
    public string? HoldId { get; init; }

    /// <summary>When the hold runs out.</summary>
    public long? ExpiresMicros { get; init; }

    /// <summary>The appointment whose place it takes once confirmed.</summary>
    public string? ReplacesId { get; init; }

    public string? Note { get; set; }

    public long CreatedMicros { get; init; }

    /// <summary>Takes up time now: booked, or held and not run out.</summary>
    public bool IsLive(long now) => State == AppointmentState.Booked || (State == AppointmentState.Held && ExpiresMicros > now);

    /// <summary>Whether it is a live hold that this hold's call placed: ids are <c>call/number</c>.</summary>
    public bool IsOwnHold(string hold, long now) =>
        State == AppointmentState.Held && IsLive(now) && HoldId is { } mine && mine != hold && Call(mine).SequenceEqual(Call(hold));

    private static ReadOnlySpan<char> Call(string hold) => hold.LastIndexOf('/') is > 0 and var slash ? hold.AsSpan(0, slash) : hold;
}
