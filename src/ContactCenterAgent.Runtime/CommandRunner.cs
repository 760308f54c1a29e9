using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Runtime;

/// <summary>Sends each command to the part that carries it out. Returns at once: whatever comes of a command comes back as an event.</summary>
internal sealed class CommandRunner(CallLine line, CallPlanners planners, CallTools tools)
{
    internal void Run(Command command)
    {
        switch (command)
        {
            case AskPlanner ask: planners.Ask(ask.Request); break;
            case CancelPlanner cancel: planners.Cancel(cancel.Generation); break;
            case StartTool start: tools.Start(start); break;
            case CancelTool cancel: tools.Cancel(cancel.Call); break;
            case ReleaseHold release: tools.Release(release); break;
            default: line.Run(command); break;
        }
    }
}
