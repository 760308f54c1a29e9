using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Console;

/// <summary>The calls that can be watched: those that are up, on whatever line. A watcher that has found one keeps it to its end.</summary>
/// <param name="time">Gives ids their order, and moves what is running.</param>
/// <param name="watchable">Calls at once beyond which those that arrive cannot be watched; those that a page has asked for always can.</param>
internal sealed class LiveCalls(TimeProvider time, int watchable) : ICallObserver
{
    private readonly ConcurrentDictionary<CallId, LiveCall> _calls = new();

    /// <summary>Makes a call watchable before it begins. It stays so until it is forgotten.</summary>
    public CallId Announce()
    {
        var call = new CallId(Guid.CreateVersion7(time.GetUtcNow()));
        _calls[call] = new(call, time.GetUtcNow(), new(time), IsAnnounced: true);
        return call;
    }

    /// <summary>Forgets a call that was announced, whether or not it ever began.</summary>
    public void Forget(CallId call) => _calls.TryRemove(call, out _);

    public bool TryGet(CallId call, [NotNullWhen(true)] out CallView? view)
    {
        view = _calls.GetValueOrDefault(call)?.View;
        return view is not null;
    }

    /// <summary>The calls that have arrived and are not over, oldest first.</summary>
    public IReadOnlyList<LiveCall> Up() => [.. _calls.Values.Where(c => c.View is { Line: not null, IsOver: false }).OrderBy(c => c.StartedAt)];

    /// <inheritdoc/>
    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        if (happened is CallArrived && !_calls.ContainsKey(call) && _calls.Count < watchable) _calls[call] = new(call, time.GetUtcNow(), new(time), IsAnnounced: false);
        if (TryGet(call, out var view)) view.Stepped(call, happened, before, after, commands);
    }

    /// <inheritdoc/>
    public void Ended(CallId call)
    {
        if (!_calls.TryGetValue(call, out var live)) return;
        live.View.Ended(call);
        if (!live.IsAnnounced) Forget(call);
    }
}

/// <summary>A call that can be watched.</summary>
/// <param name="Call">Its id.</param>
/// <param name="StartedAt">When it came, or was announced.</param>
/// <param name="View">The call as it grows.</param>
/// <param name="IsAnnounced">Whoever announced it forgets it.</param>
internal sealed record LiveCall(CallId Call, DateTimeOffset StartedAt, CallView View, bool IsAnnounced);
