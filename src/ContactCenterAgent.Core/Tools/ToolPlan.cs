using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Core.Tools;

/// <summary>The calls of a call as a graph, the proposals, and the read cache. Decides; the runtime does.</summary>
public sealed record ToolPlan
{
    /// <summary>Every call planned so far, by number - 1.</summary>
    public ImmutableArray<ToolCall> Calls { get; init; } = [];

    /// <summary>Every proposal so far, by number - 1.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>Keys past the point of no return.</summary>
    public ImmutableHashSet<EffectKey> Dispatched { get; init; } = [];

    /// <summary>Every hold attempt so far, in order.</summary>
    public ImmutableArray<Hold> Holds { get; init; } = [];

    /// <summary>When a back end was last changed by us, or was seen to have changed: reads from before serve no new call.</summary>
    public ImmutableDictionary<string, TimeSpan> ChangedAt { get; init; } = ImmutableDictionary<string, TimeSpan>.Empty;

    /// <summary>The call of an id.</summary>
    public ToolCall this[ToolCallId id] => Calls[id.Number - 1];

    /// <summary>The hold of an id.</summary>
    public Hold this[HoldId id]
    {
        get
        {
            foreach (var hold in Holds) if (hold.Id == id) return hold;
            throw new InvariantException("No such hold.");
        }
    }

    /// <summary>The proposal of an id.</summary>
    public Proposal this[ProposalId id] => Proposals[id.Value - 1];
}
