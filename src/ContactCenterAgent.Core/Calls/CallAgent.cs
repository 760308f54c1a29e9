using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Calls;

/// <summary>The agent: a pure function over the transition table.</summary>
public static partial class CallAgent
{
    /// <summary>The state before the first event.</summary>
    public static CallState Begin(CallId id, AgentSettings settings) => new() { Id = id, Settings = settings, Tools = new() };

    /// <summary>Takes one step.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="happened">What happened. Its time is not before the last event's.</param>
    /// <returns>The next state and what to do, in order.</returns>
    /// <exception cref="InvariantException">A law is broken by our own code.</exception>
    public static StepResult Step(CallState state, CallEvent happened) => new(state with { Now = happened.At }, []);
}

/// <summary>The next state and the commands that lead to it.</summary>
/// <param name="State">The next state.</param>
/// <param name="Commands">To be run in order before the next event.</param>
public readonly record struct StepResult(CallState State, ImmutableArray<Command> Commands);
