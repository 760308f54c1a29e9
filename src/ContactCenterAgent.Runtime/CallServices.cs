using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Runtime;

/// <summary>All that calls are run with. One set serves every call of a host.</summary>
public sealed record CallServices
{
    /// <summary>The tools. Their descriptors are the calls' tools, whatever <see cref="Settings"/> lists.</summary>
    public required ImmutableArray<Tool> Tools { get; init; }

    /// <summary>Phrases and times.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>Asked on every partial; where there is no <see cref="Authority"/> it is the authority as well.</summary>
    public required IPlanner Draft { get; init; }

    /// <summary>The strong planner; null = none.</summary>
    public IPlanner? Authority { get; init; }

    /// <summary>Every hold and every effect.</summary>
    public required IToolLedger Ledger { get; init; }

    /// <summary>Every event and every command.</summary>
    public required ICallJournalStore Journals { get; init; }

    /// <summary>Call detail records.</summary>
    public required ICallRecordStore Records { get; init; }

    /// <summary>The only clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Watch every call, in this order.</summary>
    public ImmutableArray<ICallObserver> Observers { get; init; } = [];

    /// <summary>Where log lines go. They never hold personal data.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Limits.</summary>
    public RuntimeOptions Options { get; init; } = new();

    /// <summary>What is known of how long reads take, and which of them are asked twice. Default: a new one by <see cref="RuntimeOptions.HedgedReads"/>.</summary>
    public ReadHedges? Hedges { get; init; }

    /// <summary>Whether drafts may be answered from before the authority has read the words, where <see cref="Settings"/> allow it at all. Default: a new one, which they have to earn.</summary>
    public DraftTrust Trust { get; init; } = new();

    /// <summary>Wall clock of the line's zone at an instant. Default: the <see cref="Time"/>'s local zone.</summary>
    public Func<DateTimeOffset, DateTime>? LocalTime { get; init; }

    /// <summary>Ids of new calls. Default: UUID version 7 of the present time.</summary>
    public Func<CallId>? NewCallId { get; init; }
}
