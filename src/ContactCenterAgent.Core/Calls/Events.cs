using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>What happened, past tense. Everything that reaches a call is one of these.</summary>
/// <param name="At">Call time: since the call began, never decreasing.</param>
public abstract record CallEvent(TimeSpan At);

/// <summary>A call arrived on a line. Always the first event.</summary>
/// <param name="At">Zero.</param>
/// <param name="Line">The line's configured name.</param>
/// <param name="CallerNumber">What the network shows, E.164; null = withheld.</param>
/// <param name="LocalStart">Wall clock of the line's zone at call time zero: makes "tomorrow" an input.</param>
public sealed record CallArrived(TimeSpan At, string Line, Pii<string>? CallerNumber, DateTime LocalStart) : CallEvent(At);

/// <summary>The line can play: the answer has been acknowledged, or the leg came back.</summary>
public sealed record LineOpened(TimeSpan At) : CallEvent(At);

/// <summary>Voice activity began on the caller's side. May be noise; words decide.</summary>
public sealed record SpeechStarted(TimeSpan At) : CallEvent(At);

/// <summary>Voice activity ended.</summary>
public sealed record SpeechEnded(TimeSpan At) : CallEvent(At);

/// <summary>The recogniser's words of the present utterance so far; replaces the partial before.</summary>
public sealed record PartialHeard(TimeSpan At, Transcript Words) : CallEvent(At);

/// <summary>The recogniser's last word on an utterance; the next partial begins another one.</summary>
public sealed record FinalHeard(TimeSpan At, Transcript Words) : CallEvent(At);

/// <summary>One key was pressed.</summary>
/// <param name="At">Call time.</param>
/// <param name="Digit">One of 0-9, *, #, A-D (RFC 4733 section 3.2).</param>
public sealed record DigitPressed(TimeSpan At, Pii<char> Digit) : CallEvent(At);

/// <summary>A planner's whole plan.</summary>
public sealed record PlanProposed(TimeSpan At, Generation Generation, Plan Plan) : CallEvent(At);

/// <summary>A sentence of a model's reply, whole.</summary>
public sealed record ReplySentence(TimeSpan At, Generation Generation, Pii<string> Text) : CallEvent(At);

/// <summary>A planner's run is over.</summary>
public sealed record PlannerEnded(TimeSpan At, Generation Generation) : CallEvent(At);

/// <summary>A planner gave no useful token in time, or stopped in mid-stream, or failed: the next tier is asked.</summary>
public sealed record PlannerStalled(TimeSpan At, Generation Generation) : CallEvent(At);

/// <summary>Another tier of planners took a run over, or was tried beside. Nothing follows from it: it is for those who watch.</summary>
/// <param name="At">Call time.</param>
/// <param name="Generation">The run.</param>
/// <param name="From">The tier that was left, by its configured name.</param>
/// <param name="To">The tier that is tried now; empty = none is left.</param>
/// <param name="Why">A code: <c>tier.slow</c>, <c>tier.failed</c>, <c>tier.stalled</c>, <c>tier.open</c>, <c>tier.full</c>, <c>tier.hedged</c>, <c>tier.cut</c>.</param>
public sealed record PlannerSwitched(TimeSpan At, Generation Generation, string From, string To, string Why) : CallEvent(At);

/// <summary>A tool call's one outcome.</summary>
public sealed record ToolReturned(TimeSpan At, ToolCallId Call, ToolOutcome Outcome) : CallEvent(At);

/// <summary>A release from the outbox came to its end.</summary>
/// <param name="At">Call time.</param>
/// <param name="Hold">Which hold.</param>
/// <param name="Expired">It had run out by itself before the release arrived.</param>
public sealed record HoldReleased(TimeSpan At, HoldId Hold, bool Expired) : CallEvent(At);

/// <summary>The first sample of a prompt reached the line.</summary>
public sealed record PlaybackStarted(TimeSpan At, PromptId Prompt) : CallEvent(At);

/// <summary>A prompt was played as far as a character of its text.</summary>
/// <param name="At">Call time.</param>
/// <param name="Prompt">Which prompt.</param>
/// <param name="Characters">Characters of its text that have been heard.</param>
public sealed record PlaybackProgressed(TimeSpan At, PromptId Prompt, int Characters) : CallEvent(At);

/// <summary>A prompt ended: played out, stopped, or failed.</summary>
/// <param name="At">Call time.</param>
/// <param name="Prompt">Which prompt.</param>
/// <param name="Characters">Characters that were heard; the whole length if played out.</param>
public sealed record PlaybackEnded(TimeSpan At, PromptId Prompt, int Characters) : CallEvent(At);

/// <summary>The deadline that the state asked for has come.</summary>
public sealed record DeadlineReached(TimeSpan At) : CallEvent(At);

/// <summary>What became of a transfer to a person.</summary>
public sealed record TransferEnded(TimeSpan At, TransferOutcome Outcome) : CallEvent(At);

/// <summary>The store takes no writes any more (its disk is full), or takes them again.</summary>
public sealed record StorageChanged(TimeSpan At, bool Writable) : CallEvent(At);

/// <summary>The caller hung up, or the line was lost.</summary>
/// <param name="At">Call time.</param>
/// <param name="Lost">The line went away without a goodbye.</param>
public sealed record LineClosed(TimeSpan At, bool Lost) : CallEvent(At);

/// <summary>How a transfer ended.</summary>
public enum TransferOutcome
{
    /// <summary>A person took the call.</summary>
    Answered,

    /// <summary>Nobody answered.</summary>
    NoAnswer,

    /// <summary>The line was busy, or declined.</summary>
    Declined,

    /// <summary>It could not be carried out.</summary>
    Failed,
}
