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

    /// <summary>The draft run under way, with the words it reads; null = none.</summary>
    public (Generation Generation, WordsHash Hash)? Draft { get; init; }

    /// <summary>The authority's run under way, with the words it reads; null = none.</summary>
    public (Generation Generation, WordsHash Hash)? Authority { get; init; }

    /// <summary>The authority stalled on these words: the draft is the authority for them.</summary>
    public WordsHash StalledOn { get; init; }

    /// <summary>The last plan of either planner for the present turn.</summary>
    public Plan? Latest { get; init; }

    /// <summary>The last authoritative plan for the present turn.</summary>
    public Plan? Verified { get; init; }

    /// <summary>Drafts of this call that could have been answered from and that the authority then read alike.</summary>
    public int DraftsAgreed { get; init; }

    /// <summary>Those that the authority read otherwise.</summary>
    public int DraftsDiffered { get; init; }

    /// <summary>What the caller wanted at the end of the last recorded turn.</summary>
    public ImmutableArray<PlanTask> Tasks { get; init; } = [];

    /// <summary>What the agent last asked for.</summary>
    public ImmutableArray<OpenArgument> Asked { get; init; } = [];

    /// <summary>Calls that had ended when the authority was last asked: what its sentences can rest on.</summary>
    public int AuthoritySaw { get; init; }

    /// <summary>Sentences of the authority's reply that wait for the floor.</summary>
    public ImmutableArray<Pii<string>> Sentences { get; init; } = [];
}
