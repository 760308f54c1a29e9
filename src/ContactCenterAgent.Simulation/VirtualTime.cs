using ContactCenterAgent.Core;

namespace ContactCenterAgent.Simulation;

/// <summary>
/// Time that only the driver moves, and only when nothing is left to do at the present moment. Work runs on one thread, in the order (due, sequence), so the
/// same work gives the same run every time.
/// </summary>
/// <remarks>
/// Everything inside must stay on the driver's thread: no <c>Task.Run</c>, no <c>ConfigureAwait(false)</c>, no I/O that is really waited for. SQLite in-process is none: it answers
/// on the thread that asks. One driver runs one <see cref="Run(Func{Task}, TimeSpan)"/> at a time.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    /// <summary>Pieces of work in one run before it is taken for one that never ends.</summary>
    private const long StepsMax = 100_000_000;

    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _ready = [];
    private readonly PriorityQueue<VirtualTimer, (long Due, long Sequence)> _timers = new();
    private readonly DateTimeOffset _start;
    private long _now;
    private long _sequence;
    private int _armed;
    private int _thread;
    private bool _escaped;

    /// <summary>A clock that stands at <paramref name="start"/>.</summary>
    public VirtualTime(DateTimeOffset start) => _start = start;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.ToUniversalTime() + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs work to its end, moving time as it waits.</summary>
    /// <param name="work">Starts on the driver's thread.</param>
    /// <param name="within">Virtual time that it may take.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="VirtualTimeException">It waits for something that will never come, left the driver's thread, or left timers behind.</exception>
    public void Run(Func<Task> work, TimeSpan within)
    {
        Invariant.That(_thread == 0, "one run at a time");
        var before = SynchronizationContext.Current;
        _thread = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        try
        {
            var main = work();
            Drive(main, _now + within.Ticks);
            main.GetAwaiter().GetResult();
            if (_armed > 0) throw new VirtualTimeException($"the work has ended and left {_armed} timers behind; the next is due at {NextDue()}");
        }
        finally
        {
            _thread = 0;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs work to its end and gives its result; see <see cref="Run(Func{Task}, TimeSpan)"/>.</summary>
    public T Run<T>(Func<Task<T>> work, TimeSpan within)
    {
        T? result = default;
        Run(async () => { result = await work(); }, within);
        return result!;
    }

    private void Drive(Task main, long until)
    {
        for (long steps = 0; ; steps++)
        {
            if (steps > StepsMax) throw new VirtualTimeException($"no end after {StepsMax} steps");
            if (_escaped) throw new VirtualTimeException("work has left the driver's thread and came back: Task.Run, ConfigureAwait(false) or I/O");
            if (TryTakeReady(out var ready)) ready.Work(ready.State);
            else if (main.IsCompleted) return;
            else FireNext(until);
        }
    }

    private bool TryTakeReady(out (SendOrPostCallback Work, object? State) ready)
    {
        lock (_gate) return _ready.TryDequeue(out ready);
    }

    private void FireNext(long until)
    {
        DropStale();
        if (!_timers.TryDequeue(out var timer, out var at))
            throw new VirtualTimeException($"nothing is due after {Elapsed} and the work has not ended: it waits for something that will never come");
        if (at.Due > until) throw new TimeoutException($"The work has not ended by {TimeSpan.FromTicks(until)} of virtual time.");
        _now = at.Due;
        timer.Fire();
    }

    private void DropStale()
    {
        while (_timers.TryPeek(out var timer, out var at) && timer.Sequence != at.Sequence) _timers.Dequeue();
    }

    private TimeSpan NextDue()
    {
        DropStale();
        return _timers.TryPeek(out _, out var at) ? TimeSpan.FromTicks(at.Due) : TimeSpan.Zero;
    }

    private void Post(SendOrPostCallback work, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) _escaped = true;
        lock (_gate) _ready.Enqueue((work, state));
    }

    private sealed class Context(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state)
        {
            Invariant.That(Environment.CurrentManagedThreadId == time._thread, "nothing outside may wait for the driver's thread");
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }

    /// <summary>A timer is in the queue once for each time it was set; only the last entry counts.</summary>
    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        internal long Sequence { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Disarm();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) Arm(dueTime);
            return true;
        }

        internal void Fire()
        {
            Disarm();
            if (_period > TimeSpan.Zero) Arm(_period);
            callback(state);
        }

        public void Dispose() => Disarm();

        public ValueTask DisposeAsync()
        {
            Disarm();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan due)
        {
            Sequence = ++time._sequence;
            time._armed++;
            time._timers.Enqueue(this, (time._now + due.Ticks, Sequence));
        }

        private void Disarm()
        {
            if (Sequence == 0) return;
            Sequence = 0;
            time._armed--;
        }
    }
}

/// <summary>Work on virtual time that is not fit for it.</summary>
public sealed class VirtualTimeException(string message) : Exception(message);
