using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime;

/// <summary>
/// A call's one inbox, bounded. Words, playback and plans wait for room; outcomes, releases, deadlines and hang-ups have room of their own. When even
/// that is not enough, or an event has waited too long, the inbox says <see cref="Overloaded"/> and the call ends.
/// </summary>
internal sealed class CallInbox : ICallEventSink
{
    private readonly TimeProvider _time;
    private readonly RuntimeOptions _options;
    private readonly long _began;
    private readonly Channel<CallEvent> _events;
    private readonly Channel<byte> _places;
    private int _overloaded;
    private int _lineClosed;
    private volatile bool _closed;

    internal CallInbox(TimeProvider time, RuntimeOptions options)
    {
        (_time, _options) = (time, options);
        _began = time.GetTimestamp();
        _events = Channel.CreateBounded<CallEvent>(
            new BoundedChannelOptions(options.InboxEvents + options.InboxReserved) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        // One place per ordinary event: a writer takes it before the event goes in, the loop gives it back when the event comes out.
        _places = Channel.CreateBounded<byte>(new BoundedChannelOptions(options.InboxEvents) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <inheritdoc/>
    public TimeSpan Now => _time.GetElapsedTime(_began);

    /// <summary>An event found no room in time.</summary>
    internal bool Overloaded => Volatile.Read(ref _overloaded) != 0;

    internal int Depth => _events.Reader.Count;

    /// <inheritdoc/>
    public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken)
    {
        var stamped = happened with { At = Now };
        if (IsReserved(happened))
        {
            Add(stamped);
            return ValueTask.CompletedTask;
        }

        if (_closed) return ValueTask.CompletedTask;
        if (!_places.Writer.TryWrite(0)) return WaitAsync(stamped, cancellationToken);
        Add(stamped);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts an event in that may not wait.</summary>
    internal void Post(CallEvent happened)
    {
        Invariant.That(IsReserved(happened), "only events with reserved room may skip the queue for a place");
        Add(happened with { At = Now });
    }

    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _events.Reader.WaitToReadAsync(cancellationToken);

    internal bool TryRead(out CallEvent happened)
    {
        if (!_events.Reader.TryRead(out happened!)) return false;
        if (!IsReserved(happened)) _places.Reader.TryRead(out _);
        return true;
    }

    /// <summary>Takes no more events; what is written later is dropped, for the call is over.</summary>
    internal void Close()
    {
        _closed = true;
        _events.Writer.TryComplete();
        _places.Writer.TryComplete();
    }

    private static bool IsReserved(CallEvent happened) =>
        happened is CallArrived or ToolReturned or HoldReleased or LineClosed or DeadlineReached or TransferEnded or StorageChanged;

    private async ValueTask WaitAsync(CallEvent stamped, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.InboxWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _places.Writer.WriteAsync(0, either.Token);
            Add(stamped);
        }
        catch (ChannelClosedException)
        {
            // The call ended while the event waited.
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Overload();
        }
    }

    private void Add(CallEvent stamped)
    {
        // A line closes once, whoever noticed it first.
        if (stamped is LineClosed && Interlocked.Exchange(ref _lineClosed, 1) != 0) return;
        if (!_events.Writer.TryWrite(stamped) && !_closed) Overload();
    }

    private void Overload()
    {
        Volatile.Write(ref _overloaded, 1);
        // Wakes a loop that waits; where the channel is full it is awake anyway.
        _events.Writer.TryWrite(new DeadlineReached(Now));
    }
}
