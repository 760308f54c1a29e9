using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

internal sealed partial class CallLoop
{
    [LoggerMessage(1, LogLevel.Error, "call.step_failed {Fault} in {Where}: call {Call}, phase {Phase}, event {Event}, at {At}. The caller is put through to a person; the journal replays it.")]
    private partial void LogStepFailed(string fault, string where, CallId call, CallPhase phase, string @event, TimeSpan at);

    [LoggerMessage(2, LogLevel.Error, "call.overloaded: call {Call}, {Depth} events wait, phase {Phase}, next event {Event}. The call is ended.")]
    private partial void LogOverloaded(CallId call, int depth, CallPhase phase, string @event);

    [LoggerMessage(3, LogLevel.Error, "call.observer_failed {Observer}: {Fault}, call {Call}")]
    private partial void LogObserverFailed(string observer, string fault, CallId call);
}
