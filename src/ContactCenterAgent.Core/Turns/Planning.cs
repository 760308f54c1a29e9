using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Turns;

/// <summary>The planners' runs and what the last plans said.</summary>
public sealed record Planning
{
    /// <summary>Nothing asked.</summary>
    public static readonly Planning Idle = new();

    /// <summary>The number of the last generation.</summary>
    public int LastGeneration { get; init; }
}
