using System.Collections.Immutable;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using Stateless;

namespace ContactCenterAgent.Plugins.Stateless;

/// <summary>
/// The transition table as a state machine of the Stateless library. The core decides: a row is permitted when the core would take it, and it leads where the core's
/// step leads. The host hangs conditions and actions on rules (<see cref="CallHooks"/>) and entry, exit and transition actions on <see cref="Machine"/>.
/// </summary>
/// <remarks>One machine a call, used by one thread at a time, like the call's own loop.</remarks>
public sealed class CallStateMachine
{
    private readonly Dictionary<Trigger, StateMachine<CallPhase, Trigger>.TriggerWithParameters<CallEvent>> _triggers = [];
    private readonly CallHooks _hooks;
    private (CallState Of, CallEvent Happened, int Row, StepResult Step)? _next;

    /// <summary>Makes a machine that stands where a call stands.</summary>
    /// <param name="state">The call: <see cref="CallAgent.Begin"/> for a new one.</param>
    /// <param name="hooks">The host's conditions and actions; null = none.</param>
    public CallStateMachine(CallState state, CallHooks? hooks = null)
    {
        State = state;
        _hooks = hooks ?? new();
        Machine = new(() => State.Phase, phase => Invariant.That(phase == State.Phase, "The core says where a step leads"), FiringMode.Immediate);
        foreach (var trigger in Enum.GetValues<Trigger>()) _triggers[trigger] = Machine.SetTriggerParameters<CallEvent>(trigger);
        var rows = TransitionTable.Describe().ToList();
        for (var row = 0; row < rows.Count; row++)
            foreach (var phase in Phases(rows[row].Phases)) Permit(phase, row, Enum.Parse<Trigger>(rows[row].Trigger), rows[row].Guard, rows[row].Rule);
    }

    /// <summary>The machine, for <c>Configure(phase).OnEntry(...)</c>, <c>OnTransitioned</c> and reflection. Events go in by <see cref="Fire"/>.</summary>
    public StateMachine<CallPhase, Trigger> Machine { get; }

    /// <summary>The call as it stands.</summary>
    public CallState State { get; private set; }

    /// <summary>Whether an event has a row here that no condition of the host refuses.</summary>
    public bool CanFire(CallEvent happened) => Machine.CanFire(_triggers[TransitionTable.TriggerOf(happened)], happened);

    /// <summary>Takes one step.</summary>
    /// <returns>What to do, in order; nothing where a condition of the host refused the event and <c>Machine.OnUnhandledTrigger</c> let that pass.</returns>
    /// <exception cref="InvalidOperationException">A condition of the host refused the event, and the machine has no handler for that; nothing was changed.</exception>
    /// <exception cref="InvariantException">The core has no row for the event here, or a law is broken.</exception>
    public ImmutableArray<Command> Fire(CallEvent happened)
    {
        var before = State;
        _ = Next(happened);
        Machine.Fire(_triggers[TransitionTable.TriggerOf(happened)], happened);
        return ReferenceEquals(before, State) ? [] : _next!.Value.Step.Commands;
    }

    // A phase that stays is an internal transition: leaving and entering again would run the host's entry actions on every word.
    private void Permit(CallPhase phase, int row, Trigger trigger, string guard, string rule)
    {
        var description = guard.Length == 0 ? rule : $"{guard}: {rule}";
        var at = Machine.Configure(phase);
        at.InternalTransitionIf(_triggers[trigger], happened => Takes(row, rule, happened) && Next(happened).Step.State.Phase == phase, (happened, _) => Take(rule, happened), description);
        at.PermitDynamicIf(
            _triggers[trigger],
            happened => Take(rule, happened),
            happened => Takes(row, rule, happened) && Next(happened).Step.State.Phase != phase,
            description);
    }

    private bool Takes(int row, string rule, CallEvent happened) => Next(happened).Row == row && _hooks.Allows(rule, State, happened);

    private CallPhase Take(string rule, CallEvent happened)
    {
        var (before, step) = (State, Next(happened).Step);
        State = step.State;
        _hooks.Ran(rule, before, happened, step);
        return State.Phase;
    }

    // The step is pure, so it may be tried in a guard; it is kept so that it is tried once.
    private (int Row, StepResult Step) Next(CallEvent happened)
    {
        if (_next is not { } kept || !ReferenceEquals(kept.Of, State) || !ReferenceEquals(kept.Happened, happened))
            _next = kept = (State, happened, TransitionTable.RowFor(State, happened), CallAgent.Step(State, happened));
        return (kept.Row, kept.Step);
    }

    private static IEnumerable<CallPhase> Phases(string described) =>
        described == "any" ? Enum.GetValues<CallPhase>() : described.Split(", ").Select(Enum.Parse<CallPhase>);
}
