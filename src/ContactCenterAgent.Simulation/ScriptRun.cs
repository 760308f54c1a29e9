using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Simulation;

/// <summary>What came of a script.</summary>
/// <param name="Script">The script's name.</param>
/// <param name="Call">The call.</param>
/// <param name="Record">Its record.</param>
/// <param name="Turns">The caller's turns with their response latencies.</param>
/// <param name="Heard">What the agent began to say.</param>
/// <param name="Committed">Tools whose effects are done, in order.</param>
/// <param name="Holds">All holds with their ends.</param>
/// <param name="Steps">Every event with the commands that it led to.</param>
/// <param name="Failures">What is not as the script expects; empty = all is.</param>
public sealed record ScriptRun(
    string Script,
    CallId Call,
    CallRecord Record,
    ImmutableArray<TurnTiming> Turns,
    ImmutableArray<HeardPrompt> Heard,
    ImmutableArray<string> Committed,
    ImmutableArray<HoldEntry> Holds,
    ImmutableArray<RecordedStep> Steps,
    ImmutableArray<string> Failures)
{
    /// <summary>All is as the script expects.</summary>
    public bool Ok => Failures.IsEmpty;

    /// <summary>
    /// Mean response latency of the answered turns that needed a tool, or of all where none did: a goodbye waits for nobody and would hide what the others gain.
    /// Null = no turn was answered.
    /// </summary>
    public TimeSpan? ResponseLatency
    {
        get
        {
            var answered = Turns.Where(t => t.ResponseLatency is not null).ToList();
            var counted = answered.Exists(t => t.Tools) ? answered.FindAll(t => t.Tools) : answered;
            return counted.Count == 0 ? null : TimeSpan.FromTicks((long)counted.Average(t => t.ResponseLatency!.Value.Ticks));
        }
    }
}

/// <summary>A caller's turn and how long it waited for its answer.</summary>
/// <param name="Turn">Its number in the script, from 1.</param>
/// <param name="Text">The words.</param>
/// <param name="SpokenUntil">Call time at which the last word ended.</param>
/// <param name="ResponseLatency">From there to the first answer-bearing audio; null = the caller spoke on or was gone first.</param>
/// <param name="ToFirstSound">From there to the first audio of any kind.</param>
/// <param name="Tools">A tool was started for it.</param>
public sealed record TurnTiming(int Turn, string Text, TimeSpan SpokenUntil, TimeSpan? ResponseLatency, TimeSpan? ToFirstSound, bool Tools);

/// <summary>One step of a call.</summary>
public sealed record RecordedStep(CallEvent Happened, IReadOnlyList<Command> Commands);

/// <summary>Keeps every step of a call.</summary>
public sealed class StepRecorder : ICallObserver
{
    private readonly List<RecordedStep> _steps = [];

    /// <summary>The call that was watched last.</summary>
    public CallId Call { get; private set; }

    /// <summary>The steps so far. Read it when the call is over, or on its loop.</summary>
    public IReadOnlyList<RecordedStep> Steps => _steps;

    /// <summary>The state after the last step.</summary>
    public CallState? Last { get; private set; }

    /// <inheritdoc/>
    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        (Call, Last) = (call, after);
        _steps.Add(new(happened, commands));
    }
}
