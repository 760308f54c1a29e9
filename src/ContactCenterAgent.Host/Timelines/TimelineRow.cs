namespace ContactCenterAgent.Host.Timelines;

/// <summary>One thing that happened in a call, as a reader of its timeline wants it.</summary>
/// <param name="At">Call time.</param>
/// <param name="Lane">Whose line it stands on.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">What it happened to: the word's place in the call, the tool call's number, the prompt's number, the turn's number.</param>
/// <param name="Text">The word, the call with its arguments, the sentence.</param>
/// <param name="From">Where it began before <paramref name="At"/>: a word's first sound; for an answer the end of the caller's speech.</param>
/// <param name="Note">A code beside the text: the kind of prompt, a failure, why a call ended.</param>
public sealed record TimelineRow(TimeSpan At, Lane Lane, RowKind Kind, int Id, string Text, TimeSpan? From = null, string? Note = null);

/// <summary>The lanes of a timeline, from top to bottom.</summary>
public enum Lane
{
    /// <summary>Who has the floor, answers, barge-in, the end.</summary>
    Turn,

    /// <summary>The caller's words.</summary>
    Caller,

    /// <summary>Tool calls and holds.</summary>
    Tools,

    /// <summary>What the agent says.</summary>
    Agent,
}

/// <summary>What happened.</summary>
public enum RowKind
{
    /// <summary>A new word was heard.</summary>
    Heard,

    /// <summary>A word was heard as another one before.</summary>
    Revised,

    /// <summary>A word turned out not to be one.</summary>
    Unheard,

    /// <summary>A tool call was sent.</summary>
    Started,

    /// <summary>A tool call was answered by an earlier result without being sent.</summary>
    Reused,

    /// <summary>A tool call sent while the caller spoke was still wanted when the turn closed.</summary>
    Kept,

    /// <summary>A tool call was no longer wanted.</summary>
    Superseded,

    /// <summary>A tool call was told to stop.</summary>
    Cancelled,

    /// <summary>A tool call's result came.</summary>
    Finished,

    /// <summary>A tool call failed.</summary>
    Failed,

    /// <summary>The caller asked for an effect unmistakably, or said yes to its read-back.</summary>
    Authorised,

    /// <summary>A hold stands.</summary>
    Held,

    /// <summary>A hold became the effect.</summary>
    Confirmed,

    /// <summary>An effect was carried out.</summary>
    Done,

    /// <summary>A hold was given back.</summary>
    Released,

    /// <summary>A hold ran out.</summary>
    Expired,

    /// <summary>A proposal was taken back before anything was held.</summary>
    Withdrawn,

    /// <summary>An effect was refused or failed; nothing was changed.</summary>
    Refused,

    /// <summary>Nobody knows what became of an effect.</summary>
    Unknown,

    /// <summary>An unknown effect was given to a person.</summary>
    HandedOver,

    /// <summary>The agent began a sentence.</summary>
    Speaking,

    /// <summary>The agent ended a sentence.</summary>
    Said,

    /// <summary>The agent was cut off in a sentence.</summary>
    Cut,

    /// <summary>The agent took the floor.</summary>
    Closed,

    /// <summary>The answer's first sound.</summary>
    Answered,

    /// <summary>The caller spoke into the agent's sentence, and the sound stopped.</summary>
    BargedIn,

    /// <summary>Another tier of planners took over, or was tried beside.</summary>
    Switched,

    /// <summary>The caller is being put through to a person.</summary>
    Transferring,

    /// <summary>The caller hung up, or the line was lost.</summary>
    HungUp,

    /// <summary>The call is over and nothing is owed.</summary>
    Ended,
}
