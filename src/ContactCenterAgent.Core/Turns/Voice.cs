using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;

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
}

/// <summary>A prompt on the line.</summary>
public sealed record Prompt(PromptId Id, Pii<string> Text, PromptKind Kind)
{
    /// <summary>When its first sample was played; null = it waits.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>Characters heard so far.</summary>
    public int Heard { get; init; }
}
