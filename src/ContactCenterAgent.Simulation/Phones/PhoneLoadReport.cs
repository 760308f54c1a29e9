namespace ContactCenterAgent.Simulation.Phones;

/// <summary>Something that was no longer as it should be, and when that began.</summary>
/// <param name="At">Since the first call.</param>
/// <param name="Calls">Calls that were up then.</param>
/// <param name="What">In words.</param>
public sealed record PhoneStrain(TimeSpan At, int Calls, string What);

/// <summary>A moment of a load, for whoever watches.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Share">Of the stage, 0 to 1.</param>
/// <param name="Up">Calls that are up.</param>
/// <param name="Late">Late frames of the last second, 0 to 1.</param>
public sealed record PhoneLoadProgress(string Stage, double Share, int Up, double Late);

/// <summary>What the phones met.</summary>
public sealed record PhoneLoadReport
{
    /// <summary>Calls begun.</summary>
    public required int Asked { get; init; }

    /// <summary>Calls answered with a 200.</summary>
    public required int Answered { get; init; }

    /// <summary>Calls that were up from the beginning of the hold to its end.</summary>
    public required int Held { get; init; }

    /// <summary>Calls that the line hung up before we did.</summary>
    public required int Dropped { get; init; }

    /// <summary>Final answers other than 200, by status; 0 = none came within 32 s.</summary>
    public required IReadOnlyDictionary<int, int> Refused { get; init; }

    /// <summary>From INVITE sent to 200 received, half of the calls.</summary>
    public required TimeSpan? SetUpHalf { get; init; }

    /// <summary>The same, 99 of 100 calls.</summary>
    public required TimeSpan? SetUpMost { get; init; }

    /// <summary>The line's frames during the hold, by the moment at which the kernel took them.</summary>
    public required FrameFigures Down { get; init; }

    /// <summary>Frames that the phones sent.</summary>
    public required long Sent { get; init; }

    /// <summary>Of those, more than 20 ms late: the generator's own weakness. Much of it makes the other figures worthless.</summary>
    public required long SentLate { get; init; }

    /// <summary>Frames of ours that the line missed, as its last reports say.</summary>
    public required long UpLost { get; init; }

    /// <summary>Calls whose line has sent reports; only those are in <see cref="UpLost"/>.</summary>
    public required int UpReported { get; init; }

    /// <summary>The largest jitter that the line has reported.</summary>
    public required TimeSpan UpJitter { get; init; }

    /// <summary>What gave way, in this order.</summary>
    public required IReadOnlyList<PhoneStrain> Strains { get; init; }
}
