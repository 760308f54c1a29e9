using System.Diagnostics.CodeAnalysis;
using ContactCenterAgent.Shared.Threads;

namespace ContactCenterAgent.Media.Clock;

/// <summary>Something that has 20 ms of sound to send and to take, again and again.</summary>
public interface IMediaTicked
{
    /// <summary>
    /// Does the work of one frame. Called on the clock's thread: it returns at once and allocates nothing. Two ticks of one leg never run at once.
    /// </summary>
    /// <param name="frame">Frames of 20 ms since the leg was added; one more each time, but after the machine stood still for half a second, when some are left out.</param>
    void Tick(long frame);

    /// <summary>A tick threw. The leg has been taken off the clock; the others go on.</summary>
    void Fail(Exception fault);
}

/// <summary>
/// The pace of sound: one thread of its own wakes from a monotonic clock and ticks many legs every 20 ms. Legs are spread over four phases of 5 ms, so that packets leave evenly.
/// What garbage collection or a busy machine delays is caught up; nothing drifts. The thread pool has no part in it.
/// </summary>
public sealed class MediaClock : IDisposable
{
    /// <summary>Length of a frame.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private const int Phases = 4;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Seat[][] _phases = [[], [], [], []];
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Starts the clock.</summary>
    /// <param name="time">Monotonic time. A clock of virtual time is no use here: drive the legs' ticks directly instead.</param>
    /// <param name="name">The thread's name.</param>
    public MediaClock(TimeProvider time, string name)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _thread = new(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>How late ticks began: the moments at which sound left late.</summary>
    public LatenessHistogram Lateness { get; } = new();

    /// <summary>Frames of a leg that were left out because the machine stood still.</summary>
    public long SkippedTicks { get; private set; }

    /// <summary>Legs on the clock.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _phases.Sum(p => p.Length);
        }
    }

    /// <summary>Adds a leg; its first tick comes within 20 ms.</summary>
    /// <exception cref="InvalidOperationException">It is on the clock already.</exception>
    public void Add(IMediaTicked leg)
    {
        lock (_gate)
        {
            if (_phases.Any(p => p.Any(s => ReferenceEquals(s.Leg, leg)))) throw new InvalidOperationException("The leg is on the clock already.");
            var emptiest = 0;
            for (var i = 1; i < Phases; i++) if (_phases[i].Length < _phases[emptiest].Length) emptiest = i;
            _phases[emptiest] = [.. _phases[emptiest], new Seat(leg)];
        }
    }

    /// <summary>Takes a leg off. When it returns no tick of the leg runs or will run, unless it was called from that very tick.</summary>
    public void Remove(IMediaTicked leg)
    {
        Seat? seat = null;
        lock (_gate)
        {
            for (var i = 0; i < Phases; i++)
            {
                seat ??= Array.Find(_phases[i], s => ReferenceEquals(s.Leg, leg));
                _phases[i] = Array.FindAll(_phases[i], s => !ReferenceEquals(s.Leg, leg));
            }
        }

        seat?.Leave();
    }

    /// <summary>Stops the clock's thread and waits for the tick that runs.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (Thread.CurrentThread != _thread) _thread.Join();
        _wake.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    private void Run()
    {
        ThreadUrgency.Raise();
        var schedule = new MediaSchedule(Now, Frame / Phases);
        while (!_stopping)
        {
            while (schedule.TryTake(Now, out var tick, out var late)) TickPhase((int)(tick % Phases), tick / Phases, late);
            SkippedTicks = schedule.Skipped;

            // Rounded up: a wake-up a little late is better than a turn of this loop for nothing.
            var wait = Math.Ceiling((schedule.DueAt - Now).TotalMilliseconds);
            if (wait > 0) _wake.WaitOne((int)wait);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One leg's bug must not silence the others; it gets its own exception.")]
    private void TickPhase(int phase, long round, TimeSpan late)
    {
        var seats = Volatile.Read(ref _phases[phase]);
        if (seats.Length > 0) Lateness.Add(late, seats.Length);
        foreach (var seat in seats)
        {
            try
            {
                seat.Tick(round);
            }
            catch (Exception fault)
            {
                Remove(seat.Leg);
                seat.Leg.Fail(fault);
            }
        }
    }

    /// <summary>A leg's place. Its lock is held while it ticks, so that leaving waits for the tick.</summary>
    private sealed class Seat(IMediaTicked leg)
    {
        private readonly Lock _ticking = new();
        private long _first = -1;
        private bool _left;

        public IMediaTicked Leg => leg;

        public void Tick(long round)
        {
            lock (_ticking)
            {
                if (_left) return;
                if (_first < 0) _first = round;
                leg.Tick(round - _first);
            }
        }

        public void Leave()
        {
            lock (_ticking) _left = true;
        }
    }
}
