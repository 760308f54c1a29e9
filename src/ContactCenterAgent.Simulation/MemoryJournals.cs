using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Simulation;

/// <summary>Journals for virtual time, kept in memory.</summary>
public sealed class MemoryJournals : ICallJournalStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CallId, MemoryJournal> _journals = [];

    /// <summary>The disk is full.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>The journal of a call.</summary>
    public MemoryJournal this[CallId call]
    {
        get { lock (_gate) return _journals[call]; }
    }

    /// <inheritdoc/>
    public ICallJournal Begin(CallId call, AgentSettings settings, DateTimeOffset startedAt)
    {
        if (ReadOnly) throw new StoreReadOnlyException("The disk is full.");
        var journal = new MemoryJournal(this);
        lock (_gate) _journals[call] = journal;
        return journal;
    }
}

/// <summary>One call's journal in memory.</summary>
public sealed class MemoryJournal(MemoryJournals store) : ICallJournal
{
    private readonly List<object> _records = [];

    /// <summary>Events (<see cref="CallEvent"/>) and lists of commands, in the order in which they were appended.</summary>
    public IReadOnlyList<object> Records => _records;

    /// <summary>Records that the last flush has put on disk.</summary>
    public int Flushed { get; private set; }

    /// <summary>The call has closed it.</summary>
    public bool Closed { get; private set; }

    /// <inheritdoc/>
    public void Append(CallEvent happened) => Add(happened);

    /// <inheritdoc/>
    public void Append(IReadOnlyList<Command> commands) => Add(commands);

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (store.ReadOnly) throw new StoreReadOnlyException("The disk is full.");
        Flushed = _records.Count;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Closed = true;
        return ValueTask.CompletedTask;
    }

    private void Add(object record)
    {
        if (store.ReadOnly) throw new StoreReadOnlyException("The disk is full.");
        _records.Add(record);
    }
}

/// <summary>Call detail records, kept in memory.</summary>
public sealed class MemoryRecords : ICallRecordStore
{
    private readonly Lock _gate = new();
    private readonly List<CallRecord> _records = [];

    /// <summary>The records so far.</summary>
    public IReadOnlyList<CallRecord> Records
    {
        get { lock (_gate) return [.. _records]; }
    }

    /// <inheritdoc/>
    public Task SaveAsync(CallRecord record, CancellationToken cancellationToken)
    {
        lock (_gate) _records.Add(record);
        return Task.CompletedTask;
    }
}
