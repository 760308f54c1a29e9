using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Storage.Ledger;
using ContactCenterAgent.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ContactCenterAgent.Storage.Records;

/// <summary>Call detail records in SQLite. A trigger refuses every update; the caller's number is sealed with the call's key.</summary>
public sealed class CallRecordStore : ICallRecordStore
{
    private const string NumberPlace = "caller_number";
    private readonly LedgerDatabase _database;
    private readonly TimeProvider _time;

    internal CallRecordStore(LedgerDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The call has its record already.</exception>
    /// <exception cref="StoreReadOnlyException">The disk is full.</exception>
    public Task SaveAsync(CallRecord record, CancellationToken cancellationToken) => _database.WriteAsync(
        transaction =>
        {
            var call = record.Call.ToString();
            if (transaction.Rows.CallRecords.Any(r => r.CallId == call)) throw new InvalidOperationException($"The call {call} has its record already.");
            transaction.Rows.CallRecords.Add(new()
            {
                CallId = call,
                Line = record.Line,
                CallerNumber = Seal.Text(transaction.KeyOf(record.Call, _time.GetUtcNow()), record.CallerNumber?.Value, NumberPlace),
                StartedAt = record.StartedAt,
                AnsweredAt = record.AnsweredAt,
                EndedAt = record.EndedAt,
                Disposition = record.Disposition,
                Turns = record.Turns,
                ToolCalls = record.ToolCalls,
                Effects = record.Effects,
                ResponseLatencyP50 = record.ResponseLatencyP50,
                ResponseLatencyMax = record.ResponseLatencyMax,
                Recording = record.Recording,
            });
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>The record of a call; null = none yet. The caller's number is absent once the call has been erased.</summary>
    public Task<CallRecord?> FindAsync(CallId call, CancellationToken cancellationToken) => _database.ReadAsync(async rows =>
    {
        if (await rows.CallRecords.FindAsync([call.ToString()], cancellationToken) is not { } row) return null;
        var key = (await rows.CallKeys.FindAsync([call.ToString()], cancellationToken))?.Key;
        return Of(row, Seal.Text(key, row.CallerNumber, NumberPlace));
    });

    private static CallRecord Of(CallRecordRow row, string? number) => new(
        CallId.Parse(row.CallId), row.Line, number is null ? null : new Pii<string>(number), row.StartedAt, row.AnsweredAt, row.EndedAt, row.Disposition,
        row.Turns, row.ToolCalls, row.Effects, row.ResponseLatencyP50, row.ResponseLatencyMax, row.Recording);
}
