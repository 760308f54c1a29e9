using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Plugins.Stateless;

/// <summary>What a host hangs on the transition table: conditions of its own by guard or rule, and actions by rule. Not thread-safe: fill it before the machine is made.</summary>
public sealed class CallHooks
{
    private readonly Dictionary<string, Func<CallState, CallEvent, bool>> _guards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<CallState, CallEvent, StepResult>> _actions = new(StringComparer.Ordinal);

    /// <summary>Adds a condition to every row of a rule. Where it says no, the event is refused: the core never sees it and the state stays.</summary>
    /// <param name="rule">A rule's name as <see cref="TransitionTable.Describe"/> gives it: <c>Arrive</c>.</param>
    /// <param name="condition">Changes nothing, returns at once; it may be asked more than once for one event.</param>
    /// <exception cref="ArgumentException">The table has no such rule, or it has a condition already.</exception>
    public CallHooks When(string rule, Func<CallState, CallEvent, bool> condition)
    {
        _guards.Add(Known(rule), condition);
        return this;
    }

    /// <summary>Runs after the core took a row of a rule, before the machine's own entry actions.</summary>
    /// <param name="rule">A rule's name as <see cref="TransitionTable.Describe"/> gives it: <c>Close</c>.</param>
    /// <param name="action">Gets the state before, the event, and the step with its commands. It returns at once.</param>
    /// <exception cref="ArgumentException">The table has no such rule, or it has an action already.</exception>
    public CallHooks Then(string rule, Action<CallState, CallEvent, StepResult> action)
    {
        _actions.Add(Known(rule), action);
        return this;
    }

    internal bool Allows(string rule, CallState state, CallEvent happened) =>
        !_guards.TryGetValue(rule, out var condition) || condition(state, happened);

    internal void Ran(string rule, CallState before, CallEvent happened, StepResult step)
    {
        if (_actions.TryGetValue(rule, out var action)) action(before, happened, step);
    }

    private static string Known(string rule) => TransitionTable.Describe().Any(row => row.Rule == rule)
        ? rule
        : throw new ArgumentException($"The transition table has no rule {rule}.", nameof(rule));
}
