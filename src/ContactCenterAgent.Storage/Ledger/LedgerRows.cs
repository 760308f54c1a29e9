using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Storage.Ledger;

/// <summary>An effect. <see cref="Result"/> is sealed with the call's key; <see cref="Failure"/> holds codes only.</summary>
internal sealed class EffectRow
{
    public long Sequence { get; set; }
    public required string Key { get; set; }
    public required string CallId { get; set; }
    public required string Tool { get; set; }
    public required string Owner { get; set; }
    public required bool Local { get; set; }
    public LedgerState State { get; set; }
    public byte[]? Result { get; set; }
    public string? Failure { get; set; }
    public required DateTimeOffset IntendedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A hold, and its place in the outbox of releases.</summary>
internal sealed class HoldRow
{
    public long Sequence { get; set; }
    public required string Hold { get; set; }
    public required string CallId { get; set; }
    public required string Tool { get; set; }
    public required string Owner { get; set; }
    public required DateTimeOffset IntendedAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? ReleaseQueuedAt { get; set; }
    public HoldEnd? End { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What a call's personal values are encrypted with. Without the key the call is erased.</summary>
internal sealed class CallKeyRow
{
    public required string CallId { get; set; }
    public byte[]? Key { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}

/// <summary>A journal that was begun. The head of its hash chain, saved when it is closed, shows a file that was cut short later.</summary>
internal sealed class JournalRow
{
    public required string CallId { get; set; }
    public required string File { get; set; }
    public required string Owner { get; set; }
    public required DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int? Records { get; set; }
    public byte[]? Head { get; set; }
}

/// <summary>A call detail record. <see cref="CallerNumber"/> is sealed with the call's key.</summary>
internal sealed class CallRecordRow
{
    public required string CallId { get; set; }
    public required string Line { get; set; }
    public byte[]? CallerNumber { get; set; }
    public required DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public required DateTimeOffset EndedAt { get; set; }
    public required Disposition Disposition { get; set; }
    public required int Turns { get; set; }
    public required int ToolCalls { get; set; }
    public required int Effects { get; set; }
    public TimeSpan? ResponseLatencyP50 { get; set; }
    public TimeSpan? ResponseLatencyMax { get; set; }
    public string? Recording { get; set; }
}
