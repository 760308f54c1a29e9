using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>The agent: a pure function over the transition table. Same state and event, same result, on any machine.</summary>
public static class CallAgent
{
    /// <summary>The state before the first event.</summary>
    public static CallState Begin(CallId id, AgentSettings settings) => new() { Id = id, Settings = settings, Tools = new() };

    /// <summary>Takes one step: the table's row for the event, then what follows from the state and the time.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="happened">What happened. Its time is not before the last event's.</param>
    /// <returns>The next state and what to do, in order.</returns>
    /// <exception cref="InvariantException">A law is broken by our own code; the call must not go on.</exception>
    public static StepResult Step(CallState state, CallEvent happened)
    {
        Invariant.That(happened.At >= state.Now, "Time runs forward");
        var step = new StepScope(state with { Now = happened.At }, happened);
        TransitionTable.Find(step)(step);
        Follow(step);
        Laws.Check(state, step);
        return new(step.State, step.Commands);
    }

    // What follows is a function of state and time alone, so that it does not matter which event made it true.
    private static void Follow(StepScope step)
    {
        Endpointing.Advance(step);
        Scheduling.Advance(step);
        ProposalRules.Advance(step);
        Scheduling.Advance(step);
        ReplyRules.Advance(step);
        SilenceRules.Advance(step);
        CallRules.Settle(step);
        step.State = step.State with { NextDeadline = Deadlines.Next(step.State) };
    }
}

/// <summary>The next state and the commands that lead to it.</summary>
/// <param name="State">The next state.</param>
/// <param name="Commands">To be run in order before the next event.</param>
public readonly record struct StepResult(CallState State, ImmutableArray<Command> Commands);
