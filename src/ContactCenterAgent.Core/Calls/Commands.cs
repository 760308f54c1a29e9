using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>What to do, imperative. The shell runs every command of a step before the next event; whatever comes of it comes back as an event.</summary>
public abstract record Command;

/// <summary>Answer the line.</summary>
public sealed record AnswerLine : Command;

/// <summary>Ask a planner. Its answers carry the request's generation.</summary>
public sealed record AskPlanner(PlanRequest Request) : Command;

/// <summary>Stop a planner's run; nothing of it is wanted any more.</summary>
public sealed record CancelPlanner(Generation Generation) : Command;

/// <summary>Run a tool once and report its one outcome. For an effect the ledger has the intent before the tool is run.</summary>
/// <param name="Call">Its id.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Operation">Which of its functions.</param>
/// <param name="Arguments">Resolved, canonical. A widened read lacks what it leaves open.</param>
/// <param name="MaxRows">Row limit of a widened read; null otherwise.</param>
/// <param name="Hold">The hold to place or confirm.</param>
/// <param name="TimeToLive">Of the hold to place.</param>
/// <param name="Key">The effect's key (invoke of an effect, confirm, look-up).</param>
/// <param name="Deadline">How long it may take.</param>
/// <param name="Speculative">Nobody may need it: it yields to authorised work in every queue.</param>
public sealed record StartTool(
    ToolCallId Call,
    string Tool,
    ToolOperation Operation,
    Pii<ImmutableSortedDictionary<string, string>> Arguments,
    int? MaxRows,
    HoldId? Hold,
    TimeSpan? TimeToLive,
    EffectKey? Key,
    TimeSpan Deadline,
    bool Speculative) : Command;

/// <summary>Cancel a running read or a hold being placed. Its outcome still comes, as cancelled or as what it was too late to stop.</summary>
public sealed record CancelTool(ToolCallId Call) : Command;

/// <summary>Give a hold back through the durable outbox, until the back end has taken it or the time to live is over.</summary>
/// <param name="Hold">Which.</param>
/// <param name="Tool">The tool that placed it.</param>
/// <param name="ExpiresAfter">Call time by which it has run out by itself.</param>
public sealed record ReleaseHold(HoldId Hold, string Tool, TimeSpan ExpiresAfter) : Command;

/// <summary>Say something. Prompts play in the order of their commands.</summary>
/// <param name="Prompt">Its id.</param>
/// <param name="Text">What to say.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Claims">The effect that it claims, which the ledger knows as effective; null for all other sentences.</param>
public sealed record Say(PromptId Prompt, Pii<string> Text, PromptKind Kind, EffectKey? Claims) : Command;

/// <summary>Stop the sound, now: the playing prompt and all that wait behind it. Each ends with its own <see cref="PlaybackEnded"/>.</summary>
public sealed record StopPlayback : Command;

/// <summary>Put the caller through to a person.</summary>
/// <param name="Reason">Why, for the console.</param>
/// <param name="Summary">What the person should know; from history and the ledger.</param>
public sealed record TransferToPerson(string Reason, Pii<string> Summary) : Command;

/// <summary>End the call from our side, once what is being said has been said.</summary>
public sealed record HangUp : Command;

/// <summary>Nothing is owed any more: write the call detail record and close the journal. Always the last command.</summary>
public sealed record CloseCall(Disposition Disposition) : Command;

/// <summary>What a sentence is.</summary>
public enum PromptKind
{
    /// <summary>The first words.</summary>
    Greeting,

    /// <summary>"One moment, I'm looking at the diary": true, and not an answer.</summary>
    Filler,

    /// <summary>The arguments as understood, before any result.</summary>
    Echo,

    /// <summary>Answer-bearing: ends the caller's wait.</summary>
    Answer,

    /// <summary>A read-back that asks for a yes. Answer-bearing.</summary>
    ReadBack,

    /// <summary>A question for a missing argument. Answer-bearing.</summary>
    Question,

    /// <summary>A claim of an effect. Answer-bearing.</summary>
    Claim,

    /// <summary>"Sorry, fifty": takes back something said too early. Answer-bearing.</summary>
    Correction,

    /// <summary>An apology with a next step. Answer-bearing.</summary>
    Apology,

    /// <summary>The last words.</summary>
    Goodbye,
}

/// <summary>Why the call ended, as business sees it.</summary>
public enum Disposition
{
    /// <summary>The caller said goodbye or hung up with nothing open.</summary>
    Completed,

    /// <summary>The caller hung up while the agent owed something.</summary>
    Abandoned,

    /// <summary>A person has the caller.</summary>
    Transferred,

    /// <summary>The line was lost.</summary>
    LineLost,

    /// <summary>We failed: a broken law, an overload.</summary>
    Failed,
}
