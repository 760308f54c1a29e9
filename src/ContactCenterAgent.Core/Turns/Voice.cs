using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>What the agent is saying and has yet to say.</summary>
public sealed record Voice
{
    /// <summary>Nothing is playing or waiting.</summary>
    public static readonly Voice Silent = new();

    /// <summary>Prompts given to the line and not yet ended, in order.</summary>
    public ImmutableArray<Prompt> Prompts { get; init; } = [];

    /// <summary>The number of the last prompt.</summary>
    public int LastPrompt { get; init; }

    /// <summary>When the line last fell silent.</summary>
    public TimeSpan SilentSince { get; init; }

    /// <summary>How often in a row the agent has asked a silent caller whether they are there.</summary>
    public int Nudges { get; init; }

    /// <summary>Answers in a row that the agent could not give because it did not understand.</summary>
    public int NoMatches { get; init; }

    /// <summary>What a plain yes or no answers: the last thing that the agent asked, if that was a read-back or the offer of a person.</summary>
    public YesTo YesTo { get; init; }

    /// <summary>The text of the last answer, for "sorry, what was that?".</summary>
    public Pii<string>? LastAnswer { get; init; }

    /// <summary>Sound has been asked to stop; prompts end one by one.</summary>
    public bool Stopping { get; init; }

    /// <summary>Goodbye has been said: hang up when it has been played.</summary>
    public bool HangUpAfter { get; init; }
}

/// <summary>What the agent's last question was, as far as a yes can answer it.</summary>
public enum YesTo
{
    /// <summary>Nothing: a statement, or a question for a value.</summary>
    Nothing,

    /// <summary>"Shall I go ahead?" with what was read back.</summary>
    ReadBack,

    /// <summary>"Shall I put you through to a colleague?"</summary>
    Person,
}

/// <summary>A prompt on the line.</summary>
public sealed record Prompt(PromptId Id, Pii<string> Text, PromptKind Kind)
{
    /// <summary>When its first sample was played; null = it waits.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>The proposal that it reads back, and how many characters must be heard for the read-back to count.</summary>
    public (ProposalId Proposal, int Characters)? ReadsBack { get; init; }

    /// <summary>The effect that it claims; null for all other sentences.</summary>
    public EffectKey? Claims { get; init; }

    /// <summary>Characters heard so far.</summary>
    public int Heard { get; init; }
}
