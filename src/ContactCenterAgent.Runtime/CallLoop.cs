using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>The step that a loop takes: <see cref="CallAgent.Step"/>, or a script in tests.</summary>
internal delegate StepResult Step(CallState state, CallEvent happened);

/// <summary>
/// One call's turn of events: stamp, journal, step, journal, run every command, arm the one timer. Nothing is awaited in between, so no state is stale.
/// </summary>
internal sealed partial class CallLoop : IAsyncDisposable
{
    /// <summary>Deadlines in a row at one moment before it is a bug of ours: a state that asks for a deadline in the past, for ever.</summary>
    private const int DeadlinesAtOnceMax = 100;

    private readonly CallInbox _inbox;
    private readonly CallJournal _journal;
    private readonly Action<Command> _run;
    private readonly ImmutableArray<ICallObserver> _observers;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Step _step;
    private readonly ITimer _timer;
    private TimeSpan _last;
    private TimeSpan? _armed;
    private int _deadlinesAtOnce;

    internal CallLoop(
        CallState begin, CallInbox inbox, CallJournal journal, Action<Command> run,
        ImmutableArray<ICallObserver> observers, TimeProvider time, ILogger log, Step step)
    {
        (State, _inbox, _journal, _run, _observers, _time, _log, _step) = (begin, inbox, journal, run, observers, time, log, step);
        _timer = time.CreateTimer(static inbox => ((CallInbox)inbox!).Post(new DeadlineReached(default)), inbox, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The state after the last whole step.</summary>
    internal CallState State { get; private set; }

    /// <summary>Tool calls that steps have started.</summary>
    internal int ToolCalls { get; private set; }

    /// <summary>Call time at which the line could play for the first time.</summary>
    internal TimeSpan? AnsweredAt { get; private set; }

    /// <summary>Takes events until a step closes the call.</summary>
    /// <returns>The disposition; null = our own failure, reported, after which nothing more is stepped.</returns>
    internal async Task<Disposition?> RunAsync(CancellationToken cancellationToken)
    {
        while (await _inbox.WaitAsync(cancellationToken))
        {
            while (_inbox.TryRead(out var happened))
            {
                if (_inbox.Overloaded)
                {
                    LogOverloaded(State.Id, _inbox.Depth, State.Phase, happened.GetType().Name);
                    return null;
                }

                if (!TryTake(happened, out var disposition)) return null;
                if (disposition is not null) return disposition;
            }
        }

        return null;
    }

    /// <summary>No more steps: whoever watches the call is told so.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var observer in _observers) Tell(observer, o => o.Ended(State.Id));
        return _timer.DisposeAsync();
    }

    private bool TryTake(CallEvent happened, out Disposition? disposition)
    {
        disposition = null;
        try
        {
            disposition = Take(happened);
            return true;
        }
#pragma warning disable CA1031 // A bug of ours costs this one call: it is logged, the caller is put through to a person, the process lives.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogStepFailed(fault.GetType().Name, Where(fault), State.Id, State.Phase, happened.GetType().Name, State.Now);
            return false;
        }
    }

    private Disposition? Take(CallEvent happened)
    {
        happened = Stamp(happened);
        if (happened is DeadlineReached && !IsDue(happened.At)) return null;
        if (happened is LineOpened) AnsweredAt ??= happened.At;

        _journal.Append(happened);
        var before = State;
        var began = _time.GetTimestamp();
        var result = _step(before, happened);
        CallMetrics.StepSeconds.Record(_time.GetElapsedTime(began).TotalSeconds);
        State = result.State;

        _journal.Append(result.Commands);
        Disposition? disposition = null;
        foreach (var command in result.Commands)
        {
            if (command is CloseCall close) disposition = close.Disposition;
            else _run(command);
            if (command is StartTool) ToolCalls++;
        }

        Observe(happened, before, result);
        if (disposition is null) Arm();
        return disposition;
    }

    private CallEvent Stamp(CallEvent happened)
    {
        if (happened.At < _last) happened = happened with { At = _last };
        _last = happened.At;
        return happened;
    }

    /// <summary>A timer that was set for a deadline which has moved since, or that rang a little early, is armed again and not stepped.</summary>
    private bool IsDue(TimeSpan at)
    {
        _armed = null;
        if (State.NextDeadline is { } due && due <= at) return true;
        Arm();
        return false;
    }

    private void Arm()
    {
        if (State.NextDeadline == _armed) return;
        _armed = State.NextDeadline;
        if (_armed is not { } due)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        _deadlinesAtOnce = due <= _last ? _deadlinesAtOnce + 1 : 0;
        Invariant.That(_deadlinesAtOnce < DeadlinesAtOnceMax, "the state keeps asking for a deadline that has passed");
        var wait = due - _inbox.Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Observe(CallEvent happened, CallState before, StepResult result)
    {
        foreach (var observer in _observers) Tell(observer, o => o.Stepped(State.Id, happened, before, result.State, result.Commands));
    }

    private void Tell(ICallObserver observer, Action<ICallObserver> what)
    {
        try
        {
            what(observer);
        }
#pragma warning disable CA1031 // Whoever watches a call must not be able to end it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogObserverFailed(observer.GetType().Name, fault.GetType().Name, State.Id);
        }
    }

    /// <summary>The method that threw, and for a broken law its sentence: exception texts may hold personal data, our own invariants never do.</summary>
    private static string Where(Exception fault) =>
        fault is InvariantException ? fault.Message : fault.TargetSite is { } site ? $"{site.DeclaringType?.Name}.{site.Name}" : "";
}
