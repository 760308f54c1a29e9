using ContactCenterAgent.Simulation.SpeculationBench.Planners;

namespace ContactCenterAgent.Simulation.SpeculationBench.Policies;

/// <summary>What a policy has to wait for.</summary>
internal sealed record PolicyTimes
{
    /// <summary>The strong model.</summary>
    public required ModelTimes Model { get; init; }

    /// <summary>Silence that closes a turn. Default 700 ms.</summary>
    public TimeSpan Baseline { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>From a word's end to the partial that has it. Default 150 ms.</summary>
    public TimeSpan PartialLag { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Every policy waits for the same silence, also those that take a final for the end. Default: no.</summary>
    public bool SameEndpointing { get; init; }

    /// <summary>A phrase of one's own is said at once. 30 ms.</summary>
    public static readonly TimeSpan Phrase = TimeSpan.FromMilliseconds(30);

    /// <summary>Results are worded by phrases rather than by the model. Default: no.</summary>
    public bool Phrases { get; init; }

    /// <summary>From the last result to the first sound of the reply.</summary>
    public TimeSpan Reply => Phrases ? Phrase : Model.FirstToken;
}
