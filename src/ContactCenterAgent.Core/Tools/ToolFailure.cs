namespace ContactCenterAgent.Core.Tools;

/// <summary>How a tool call can go wrong. Closed: every case has a phrase for the caller, a sentence for a model and a code for the console.</summary>
public abstract record ToolFailure
{
    private ToolFailure() { }

    /// <summary>The tool's own no, with its reason as a code: the slot was taken, the order has shipped. Nothing was changed.</summary>
    /// <param name="Reason">A snake-case code that the tool chose, <c>slot_taken</c>.</param>
    public sealed record Refused(string Reason) : ToolFailure;

    /// <summary>The arguments were not acceptable.</summary>
    /// <param name="Parameter">Which, or empty.</param>
    public sealed record Invalid(string Parameter) : ToolFailure;

    /// <summary>Its deadline passed. For a read that is final; for an effect the outcome is <see cref="Unknown"/>.</summary>
    public sealed record TimedOut(TimeSpan After) : ToolFailure;

    /// <summary>The back end could not be reached, or said that it is busy. Nothing was changed.</summary>
    public sealed record Unavailable : ToolFailure;

    /// <summary>The tool threw or returned something that is not of its form.</summary>
    public sealed record Broken : ToolFailure;

    /// <summary>An effect was sent and nobody knows what became of it. It is looked up by key, never blindly repeated.</summary>
    public sealed record Unknown : ToolFailure;

    /// <summary>A limit was reached: calls per turn, per call or per back end.</summary>
    /// <param name="Limit">Which.</param>
    public sealed record OverBudget(string Limit) : ToolFailure;

    /// <summary>The store takes no writes: its disk is full. The call goes on read-only.</summary>
    public sealed record ReadOnly : ToolFailure;

    /// <summary>It was cancelled before it had an effect.</summary>
    public sealed record Cancelled : ToolFailure;

    /// <summary>How every offer of a person ends; a yes to it puts the caller through.</summary>
    public const string OfferOfAPerson = "hall I put you through to a colleague?";

    /// <summary>Stable code for logs and the console: <c>tool.timed_out</c>.</summary>
    public string Code => this switch
    {
        Refused => "tool.refused",
        Invalid => "tool.invalid",
        TimedOut => "tool.timed_out",
        Unavailable => "tool.unavailable",
        Broken => "tool.broken",
        Unknown => "tool.unknown",
        OverBudget => "tool.over_budget",
        ReadOnly => "tool.read_only",
        _ => "tool.cancelled",
    };

    /// <summary>A sentence that a model can act on; never an exception's text.</summary>
    public string ForModel => this switch
    {
        Refused r => $"The tool refused: {r.Reason}. Nothing was changed.",
        Invalid i => $"The argument {i.Parameter} is not acceptable. Ask the caller for it again.",
        TimedOut => "The tool did not answer in time.",
        Unavailable => "The back end cannot be reached now. Nothing was changed.",
        Broken => "The tool failed. Nothing can be said from it.",
        Unknown => "It is not known whether the change was made. Do not repeat it; it is being looked up.",
        OverBudget o => $"The limit {o.Limit} is reached. Do less at once.",
        ReadOnly => "No changes can be made now. Offer a person.",
        _ => "The call was cancelled. Nothing was changed.",
    };

    /// <summary>What the caller hears: a short phrase and a next step.</summary>
    public string ForCaller => this switch
    {
        Refused => "I'm sorry, that isn't possible any more.",
        Invalid => "I'm sorry, I didn't get that right. Could you say it again?",
        TimedOut => "I'm sorry, that is taking too long. Shall I put you through to a colleague?",
        Unavailable => "I'm sorry, I can't reach that system just now. Shall I put you through to a colleague?",
        Broken => "I'm sorry, something went wrong there. Shall I put you through to a colleague?",
        Unknown => "I'm sorry, I can't tell yet whether that went through. I'm checking, and I won't do it twice.",
        OverBudget => "I'm sorry, that was too much at once. Shall we take one thing at a time?",
        ReadOnly => "I'm sorry, I can't make changes just now. I'll put you through to a colleague.",
        _ => "I've stopped that.",
    };
}

/// <summary>What became of a tool call.</summary>
public abstract record ToolOutcome
{
    private ToolOutcome() { }

    /// <summary>It worked.</summary>
    public sealed record Succeeded(ToolResult Result) : ToolOutcome;

    /// <summary>It did not.</summary>
    public sealed record Failed(ToolFailure Failure) : ToolOutcome;
}
