using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>Who has the floor, and whether the call lives. The transition table's first column.</summary>
public enum CallPhase
{
    /// <summary>A call came; the line cannot play yet.</summary>
    Arriving,

    /// <summary>Nobody speaks and nothing is owed.</summary>
    Listening,

    /// <summary>The caller's turn is open.</summary>
    Hearing,

    /// <summary>The caller's turn has closed; the agent owes an answer.</summary>
    Owing,

    /// <summary>The agent is speaking.</summary>
    Speaking,

    /// <summary>The caller is being put through to a person.</summary>
    Transferring,

    /// <summary>The caller is gone; what was authorised finishes, the rest is withdrawn.</summary>
    Draining,

    /// <summary>Nothing is owed any more.</summary>
    Ended,
}

/// <summary>All that is known of a call. Immutable; the next state comes from <see cref="CallAgent.Step"/>.</summary>
public sealed record CallState
{
    /// <summary>The call.</summary>
    public required CallId Id { get; init; }

    /// <summary>What it is run with.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>Who has the floor.</summary>
    public CallPhase Phase { get; init; }

    /// <summary>Call time of the last event.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>Wall clock of the line's zone at call time zero.</summary>
    public DateTime LocalStart { get; init; }

    /// <summary>The line's name.</summary>
    public string Line { get; init; } = "";

    /// <summary>What the network shows.</summary>
    public Pii<string>? CallerNumber { get; init; }

    /// <summary>The caller's present or last turn.</summary>
    public CallerTurn Turn { get; init; } = CallerTurn.None;

    /// <summary>What is playing and what waits to be played.</summary>
    public Voice Voice { get; init; } = Voice.Silent;

    /// <summary>The planners' runs.</summary>
    public Planning Planning { get; init; } = Planning.Idle;

    /// <summary>Calls, proposals and read cache.</summary>
    public required ToolPlan Tools { get; init; }

    /// <summary>The conversation as it was really heard, oldest first.</summary>
    public ImmutableArray<HistoryLine> History { get; init; } = [];

    /// <summary>Who the caller has been shown to be, by the id of the person.</summary>
    public ImmutableSortedDictionary<string, AssuranceLevel> Assurance { get; init; } = ImmutableSortedDictionary.Create<string, AssuranceLevel>(StringComparer.Ordinal);

    /// <summary>What of <see cref="Assurance"/> rests on committed turns; the rest falls with the words that it rests on.</summary>
    public ImmutableSortedDictionary<string, AssuranceLevel> Assured { get; init; } = ImmutableSortedDictionary.Create<string, AssuranceLevel>(StringComparer.Ordinal);

    /// <summary>Whether the store takes writes.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>Response latencies of the turns answered so far, in order.</summary>
    public ImmutableArray<TimeSpan> ResponseLatencies { get; init; } = [];

    /// <summary>When the line closed; null while it is there.</summary>
    public TimeSpan? ClosedAt { get; init; }

    /// <summary>The end has been given to the shell.</summary>
    public bool Closed { get; init; }

    /// <summary>Why the call ended; null while it lives.</summary>
    public Disposition? Disposition { get; init; }

    /// <summary>The next moment at which <see cref="DeadlineReached"/> is wanted; null = never. The loop arms one timer for it.</summary>
    public TimeSpan? NextDeadline { get; init; }
}
