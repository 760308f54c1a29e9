using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Abstractions;

/// <summary>Watches a call: consoles, timelines, metrics. Called on the call's own loop; returns at once and throws nothing.</summary>
public interface ICallObserver
{
    /// <summary>A step was taken.</summary>
    /// <param name="call">The call.</param>
    /// <param name="happened">The event.</param>
    /// <param name="before">State before the step.</param>
    /// <param name="after">State after it.</param>
    /// <param name="commands">What is done now.</param>
    void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands);

    /// <summary>The call is over, however it ended: nothing more comes of it.</summary>
    /// <param name="call">The call.</param>
    void Ended(CallId call)
    {
    }
}
