using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>Who understands the words.</summary>
public enum BenchPlanner
{
    /// <summary>The annotation, word by word: the engine's bound.</summary>
    Gold,

    /// <summary>The embedded planner's readers, which must find everything in the words.</summary>
    Embedded,

    /// <summary>The embedded planner's readers draft and the annotation verifies: what the draft gets wrong is found out, and costs what it costs.</summary>
    Verified,
}

/// <summary>Which strong model stands behind the draft.</summary>
public enum BenchProfile
{
    /// <summary>900 ms to a plan, 400 ms to a reply's first token.</summary>
    Cloud,

    /// <summary>300 ms and 150 ms.</summary>
    Edge,

    /// <summary>None: the embedded planner is the authority.</summary>
    Embedded,
}

/// <summary>Parts of the product that can be left out.</summary>
public enum BenchPart
{
    /// <summary>Plans drafted on every partial: only the strong model plans.</summary>
    Drafts,

    /// <summary>The plain yes that is read by rule: the model reads it.</summary>
    PlainYes,

    /// <summary>Holds before the yes: reservations are plain writes.</summary>
    Holds,

    /// <summary>Endpointing by the plan: every turn closes at the baseline.</summary>
    Endpointing,

    /// <summary>The model's reply prepared in the pause: it is asked at the close.</summary>
    ReplyDraft,

    /// <summary>Plain replies before the model has verified the plan.</summary>
    PlainReplies,

    /// <summary>Phrases for plain results: the model words every answer.</summary>
    Phrases,
}

/// <summary>What <c>bench speculation</c> is asked to measure.</summary>
public sealed record SpeculationOptions
{
    /// <summary>A folder with <c>dialogues.jsonl</c> and <c>services.json</c>; empty where only composed tasks are played.</summary>
    public string Data { get; init; } = "";

    /// <summary>Composed tasks to play of each shape, in place of recorded dialogues; null = the dialogues. Not with the embedded profile: their answers are worded by a model.</summary>
    public int? Composed { get; init; }

    /// <summary>Default: both.</summary>
    public ImmutableArray<BenchPlanner> Planners { get; init; } = [BenchPlanner.Gold, BenchPlanner.Embedded];

    /// <summary>Default: the cloud.</summary>
    public BenchProfile Profile { get; init; }

    /// <summary>Names of policies; empty = all.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Silence at which the product closes a turn; null = as the product decides.</summary>
    public TimeSpan? Close { get; init; }

    /// <summary>Reads may start with arguments left open.</summary>
    public bool Widen { get; init; }

    /// <summary>Reservations can be held; off, they are plain writes.</summary>
    public bool Reserve { get; init; } = true;

    /// <summary>A part of the product that is left out, to see what it is worth.</summary>
    public BenchPart? Without { get; init; }

    /// <summary>The product may ask an unusually slow read once more, 2 % of the reads at most.</summary>
    public bool Hedge { get; init; }

    /// <summary>Phrases, and widened reads where they are asked for, are given to the other policies too.</summary>
    public bool ForAll { get; init; }

    /// <summary>Chance that the draft understands a turn as the model does. 0 to 1; default 1.</summary>
    public double Agreement { get; init; } = 1;

    /// <summary>Chance of a disfluency at each usual place. 0 to 1.</summary>
    public double Disfluency { get; init; }

    /// <summary>Chance of a pause at each usual place. 0 to 1.</summary>
    public double Pauses { get; init; }

    /// <summary>Chance that a word is misheard at first. 0 to 1.</summary>
    public double Unstable { get; init; }

    /// <summary>From a word's end to its partial. Default 150 ms.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Any number; the same gives the same bytes.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Dialogues to play at most; null = all.</summary>
    public int? Dialogues { get; init; }

    internal SpeechOptions Speech => new() { Disfluency = Disfluency, Pauses = Pauses, Unstable = Unstable, PartialLag = Lag, Seed = Seed };
}
