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

    /// <summary>The last call before a back end was changed by us, or was seen to have changed: reads up to it serve no new call.</summary>
    public ImmutableDictionary<string, int> ChangedAfter { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Whether a read shows what was before its back end changed, not what is.</summary>
    public bool IsOutdated(ToolCall read, string backEnd) => ChangedAfter.TryGetValue(backEnd, out var last) && (read.ReadBy ?? read.Id.Number) <= last;

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
