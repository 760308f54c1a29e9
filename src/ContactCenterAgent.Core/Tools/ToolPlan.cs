using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Tools;

/// <summary>The calls of a call as a graph, the proposals, and the read cache. Decides; the runtime does.</summary>
public sealed partial record ToolPlan
{
    /// <summary>Every call planned so far, by number - 1.</summary>
    public ImmutableArray<ToolCall> Calls { get; init; } = [];

    /// <summary>Every proposal so far, by number - 1.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];
}
