using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Which planner is asked.</summary>
public enum PlannerRole
{
    /// <summary>On every partial: about a millisecond; starts reads and holds.</summary>
    Draft,

    /// <summary>At the draft threshold: verifies, authorises and begins the reply.</summary>
    Authority,
}

/// <summary>All that a planner may look at. A planner is a function of it: it keeps no state of its own between requests of a call.</summary>
public sealed record PlanRequest
{
    /// <summary>The run that the answer belongs to.</summary>
    public required Generation Generation { get; init; }

    /// <summary>The call: a server that keeps prefixes keeps them by it.</summary>
    public CallId Call { get; init; }

    /// <summary>The line's configured name: which planners serve it is the operator's choice.</summary>
    public string Line { get; init; } = "";

    /// <summary>Draft or authority.</summary>
    public required PlannerRole Role { get; init; }

    /// <summary>All words of the caller's turn so far.</summary>
    public required Transcript Turn { get; init; }

    /// <summary>The hash that the plan must carry.</summary>
    public required WordsHash Hash { get; init; }

    /// <summary>The local day and time of the line's zone, for "tomorrow" and "this afternoon".</summary>
    public required DateTime LocalNow { get; init; }

    /// <summary>The tools of this call.</summary>
    public required ImmutableArray<ToolDescriptor> Tools { get; init; }

    /// <summary>What the caller wanted at the end of the last closed turn, as the last authoritative plan left it.</summary>
    public ImmutableArray<PlanTask> Tasks { get; init; } = [];

    /// <summary>What the agent last asked for. A bare answer ("next Friday") belongs to it.</summary>
    public ImmutableArray<OpenArgument> Asked { get; init; } = [];

    /// <summary>Finished and running calls that the planner may know of, newest last. Sealed results are absent.</summary>
    public ImmutableArray<KnownCall> Known { get; init; } = [];

    /// <summary>The proposal whose read-back was spoken last and that is still open; null = none.</summary>
    public KnownProposal? ReadBack { get; init; }

    /// <summary>
    /// What was read back last before this turn, whether or not it still stands: "something later" is later than this, on every partial of the turn. Null = nothing was.
    /// </summary>
    public KnownProposal? Offered { get; init; }

    /// <summary>Open proposals, oldest first.</summary>
    public ImmutableArray<KnownProposal> Proposals { get; init; } = [];

    /// <summary>What was said so far, for a model: oldest first.</summary>
    public ImmutableArray<HistoryLine> History { get; init; } = [];

    /// <summary>The calls of the plan are done and the tools have no phrases for their results: what is wanted are the words of the reply.</summary>
    public bool Replies { get; init; }

    /// <summary>The highest level of assurance reached with anyone in this call.</summary>
    public AssuranceLevel Assurance { get; init; }

    /// <summary>The number that the network shows for the caller, E.164; null = withheld.</summary>
    public Pii<string>? CallerNumber { get; init; }
}

/// <summary>A call as a planner sees it.</summary>
/// <param name="Task">The task it served.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Arguments">Resolved arguments, canonical.</param>
/// <param name="Result">Null while it runs, or if it failed.</param>
public sealed record KnownCall(string Task, string Tool, ImmutableSortedDictionary<string, string> Arguments, ToolResult? Result);

/// <summary>A proposal as a planner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Task">The task it serves.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Arguments">Resolved arguments, canonical.</param>
/// <param name="Digest">Digest of tool and arguments.</param>
/// <param name="Status">Where it stands.</param>
public sealed record KnownProposal(
    ProposalId Id, string Task, string Tool, ImmutableSortedDictionary<string, string> Arguments, Digest Digest, ProposalStatus Status)
{
    /// <summary>Arguments, and the first rows of the reads that it rests on: what its read-back may name.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A line of the conversation.</summary>
/// <param name="Who">Who said or did it.</param>
/// <param name="Text">Words as heard, what was really played of a sentence, or <c>tool -> outcome</c>.</param>
public sealed record HistoryLine(Speaker Who, Pii<string> Text);

/// <summary>Who a line of history is from.</summary>
public enum Speaker
{
    /// <summary>The caller.</summary>
    Caller,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>A tool.</summary>
    Tool,
}
