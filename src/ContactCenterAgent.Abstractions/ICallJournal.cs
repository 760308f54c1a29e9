using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Abstractions;

/// <summary>Opens journals: append-only, one a call; every event and every command, in order. A journal replays to identical commands.</summary>
public interface ICallJournalStore
{
    /// <summary>Begins a call's journal.</summary>
    /// <exception cref="StoreReadOnlyException">The disk is full; the call may go on without.</exception>
    ICallJournal Begin(CallId call, AgentSettings settings, DateTimeOffset startedAt);
}

/// <summary>One call's journal. Used by one loop at a time.</summary>
public interface ICallJournal : IAsyncDisposable
{
    /// <summary>Appends an event before it is stepped. Personal values are encrypted with the call's key.</summary>
    void Append(CallEvent happened);

    /// <summary>Appends the commands of the step before they are run.</summary>
    void Append(IReadOnlyList<Command> commands);

    /// <summary>Returns when everything appended so far is on disk. A hold or an effect is not sent before.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Writes call detail records: once, at the end, never edited.</summary>
public interface ICallRecordStore
{
    /// <summary>Saves a record.</summary>
    Task SaveAsync(CallRecord record, CancellationToken cancellationToken);
}

/// <summary>Call detail record (CDR).</summary>
/// <param name="Call">The call.</param>
/// <param name="Line">The line's name.</param>
/// <param name="CallerNumber">What the network showed.</param>
/// <param name="StartedAt">Wall clock, UTC.</param>
/// <param name="AnsweredAt">Wall clock, UTC; null = never answered.</param>
/// <param name="EndedAt">Wall clock, UTC.</param>
/// <param name="Disposition">As business sees it.</param>
/// <param name="Turns">Caller turns closed.</param>
/// <param name="ToolCalls">Tool calls started.</param>
/// <param name="Effects">Effects done.</param>
/// <param name="ResponseLatencyP50">Median response latency; null = no turn was answered.</param>
/// <param name="ResponseLatencyMax">Worst response latency.</param>
/// <param name="Recording">The recording's file, relative to the folder of the recordings, with <c>/</c> between its parts; null = nothing was recorded.</param>
public sealed record CallRecord(
    CallId Call,
    string Line,
    Core.Pii<string>? CallerNumber,
    DateTimeOffset StartedAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset EndedAt,
    Disposition Disposition,
    int Turns,
    int ToolCalls,
    int Effects,
    TimeSpan? ResponseLatencyP50,
    TimeSpan? ResponseLatencyMax,
    string? Recording = null);
