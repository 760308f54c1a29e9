using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Host.Timelines;

namespace ContactCenterAgent.Host.Console;

/// <summary>The calls that can be watched: those that are up. A watcher that has found one keeps it to its end.</summary>
internal sealed class LiveCalls(TimeProvider time) : ICallObserver
{
    private readonly ConcurrentDictionary<CallId, CallView> _calls = new();

    /// <summary>Makes a call watchable before it begins.</summary>
    public CallId Announce()
    {
        var call = new CallId(Guid.CreateVersion7(time.GetUtcNow()));
        _calls[call] = new(time);
        return call;
    }

    /// <summary>Forgets a call that was announced, whether or not it ever began.</summary>
    public void Forget(CallId call) => _calls.TryRemove(call, out _);

    public bool TryGet(CallId call, [NotNullWhen(true)] out CallView? view) => _calls.TryGetValue(call, out view);

    /// <inheritdoc/>
    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        if (_calls.TryGetValue(call, out var view)) view.Stepped(call, happened, before, after, commands);
    }
}
