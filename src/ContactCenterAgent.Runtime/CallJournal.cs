using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime;

/// <summary>A call's journal that survives a full disk: the call goes on without it, and every flush then says that the store is read-only.</summary>
internal sealed class CallJournal(Func<ICallJournal> begin, Action onReadOnly) : IAsyncDisposable
{
    private ICallJournal? _journal;
    private volatile bool _readOnly;

    internal void Begin() => Guard(() => _journal = begin());

    internal void Append(CallEvent happened)
    {
        if (!_readOnly) Guard(() => _journal!.Append(happened));
    }

    internal void Append(IReadOnlyList<Command> commands)
    {
        if (!_readOnly && commands.Count > 0) Guard(() => _journal!.Append(commands));
    }

    /// <exception cref="StoreReadOnlyException">The journal could not be written; nothing that needs it may be sent.</exception>
    internal async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_readOnly) throw new StoreReadOnlyException("The journal takes no writes.");
        try
        {
            await _journal!.FlushAsync(cancellationToken);
        }
        catch (StoreReadOnlyException)
        {
            Lose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_journal is null) return;
        try
        {
            await _journal.DisposeAsync();
        }
        catch (StoreReadOnlyException)
        {
            // What was on disk before stays; the call was told when the disk filled up.
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (StoreReadOnlyException)
        {
            Lose();
        }
    }

    private void Lose()
    {
        if (_readOnly) return;
        _readOnly = true;
        onReadOnly();
    }
}
