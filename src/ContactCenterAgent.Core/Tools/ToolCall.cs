using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Where a tool call stands.</summary>
public enum ToolCallStatus
{
    /// <summary>Wanted; its words have not settled, an argument is still to come, a level is missing or a budget is used up.</summary>
    Waiting,

    /// <summary>Sent.</summary>
    Running,

    /// <summary>Its result is current.</summary>
    Succeeded,

    /// <summary>It failed; see its outcome.</summary>
    Failed,

    /// <summary>No longer wanted. Dead: its value may serve the cache, never by itself the caller, the history or another call.</summary>
    Superseded,
}

/// <summary>One node of the plan: a call of one function of one tool.</summary>
public sealed record ToolCall
{
    /// <summary>Its id.</summary>
    public required ToolCallId Id { get; init; }

    /// <summary>The task it serves.</summary>
    public required string Task { get; init; }

    /// <summary>Tool name.</summary>
    public required string Tool { get; init; }

    /// <summary>Which function.</summary>
    public required ToolOperation Operation { get; init; }

    /// <summary>Arguments known by value.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Arguments that come from other calls' first rows: parameter to (call number, field).</summary>
    public ImmutableSortedDictionary<string, (int Call, string Field)> References { get; init; } =
        ImmutableSortedDictionary.Create<string, (int Call, string Field)>(StringComparer.Ordinal);

    /// <summary>Required parameters left open: a widened read.</summary>
    public ImmutableArray<string> Open { get; init; } = [];

    /// <summary>Digest of the resolved arguments; null until every reference is resolved.</summary>
    public Digest? Identity { get; init; }

    /// <summary>Where it stands.</summary>
    public ToolCallStatus Status { get; init; }

    /// <summary>The proposal that it places, confirms, carries out or looks up.</summary>
    public ProposalId? Proposal { get; init; }

    /// <summary>The hold that it places or confirms.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>The caller turn (1, 2, ...) in which it was planned.</summary>
    public int Turn { get; init; }

    /// <summary>The last caller turn whose words ask for it; it may be the same call over many turns.</summary>
    public int AskedIn { get; init; }

    /// <summary>When it was sent.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>When its outcome came.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>Its one outcome; null while it runs.</summary>
    public ToolOutcome? Outcome { get; init; }

    /// <summary>The number of the earlier call whose result answers it, at once and without being sent; null = its own.</summary>
    public int? ReadBy { get; init; }

    /// <summary>It was answered from an earlier result.</summary>
    public bool FromCache => ReadBy is not null;

    /// <summary>Whether its result answers the turn.</summary>
    public bool Answers { get; init; }

    /// <summary>It asks for a new look; a cached result will not do.</summary>
    public bool Fresh { get; init; }

    /// <summary>Plans in a row that wanted it, and plans in a row that did not.</summary>
    public (int Wanted, int Missed) Agreement { get; init; }

    /// <summary>All words it rests on have settled.</summary>
    public bool Settled { get; init; }

    /// <summary>A plan asked for it: it takes part in reconciling. Confirms, look-ups and renewals are the agent's own.</summary>
    public bool Planned { get; init; }

    /// <summary>The latest plan wants it. A finished call that no plan wants is history: it may serve the cache, never the caller.</summary>
    public bool Wanted { get; init; } = true;

    /// <summary>The plan that last wanted it was the authority's and had read all words of its turn.</summary>
    public WordsHash Verified { get; init; }

    /// <summary>The words ask for its effect unmistakably.</summary>
    public bool Requested { get; init; }

    /// <summary>The caller plainly asks for another one of the same.</summary>
    public bool Another { get; init; }

    /// <summary>The turn whose answer has told the caller of it; 0 = none.</summary>
    public int ReportedIn { get; init; }

    /// <summary>The result where it succeeded.</summary>
    public ToolResult? Result => (Outcome as ToolOutcome.Succeeded)?.Result;

    /// <summary>The failure where it failed.</summary>
    public ToolFailure? Failure => (Outcome as ToolOutcome.Failed)?.Failure;
}
