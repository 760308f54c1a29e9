using ContactCenterAgent.Core.Calls;
using Stateless;
using Stateless.Graph;
using static ContactCenterAgent.Core.Calls.CallPhase;

namespace ContactCenterAgent.Plugins.Stateless;

/// <summary>Draws the changes of phase that calls go through, by the Stateless library's own graph writers.</summary>
/// <remarks>A row's rule decides where it leads, so the table itself does not say: what is drawn is listed here, and a test holds it against <c>docs/transitions.md</c>.</remarks>
public static class PhaseChanges
{
    private static readonly Dictionary<(CallPhase From, Trigger Trigger), CallPhase[]> Seen = new()
    {
        [(Arriving, Trigger.LineOpened)] = [Speaking],

        [(Listening, Trigger.Digit)] = [Hearing, Owing],
        [(Listening, Trigger.Final)] = [Hearing, Owing, Speaking],
        [(Listening, Trigger.Partial)] = [Hearing, Owing],
        [(Listening, Trigger.Deadline)] = [Speaking, Transferring],
        [(Listening, Trigger.ToolReturned)] = [Speaking],
        [(Listening, Trigger.LineClosed)] = [Draining, Ended],

        [(Hearing, Trigger.Deadline)] = [Owing, Speaking, Transferring],
        [(Hearing, Trigger.Digit)] = [Owing, Speaking],
        [(Hearing, Trigger.Final)] = [Owing, Speaking, Transferring],
        [(Hearing, Trigger.Partial)] = [Owing, Speaking],
        [(Hearing, Trigger.Plan)] = [Owing, Speaking, Transferring],
        [(Hearing, Trigger.LineClosed)] = [Draining, Ended],

        [(Owing, Trigger.Deadline)] = [Listening, Speaking, Transferring],
        [(Owing, Trigger.Digit)] = [Hearing, Transferring],
        [(Owing, Trigger.Partial)] = [Hearing],
        [(Owing, Trigger.Final)] = [Speaking, Transferring],
        [(Owing, Trigger.Plan)] = [Speaking, Transferring],
        [(Owing, Trigger.PlaybackEnded)] = [Speaking],
        [(Owing, Trigger.ToolReturned)] = [Speaking, Transferring],
        [(Owing, Trigger.LineClosed)] = [Draining, Ended],

        [(Speaking, Trigger.PlaybackEnded)] = [Listening, Owing, Transferring, Draining, Ended],
        [(Speaking, Trigger.PlaybackStarted)] = [Transferring],
        [(Speaking, Trigger.Digit)] = [Hearing, Transferring],
        [(Speaking, Trigger.Final)] = [Hearing, Transferring],
        [(Speaking, Trigger.Partial)] = [Hearing],
        [(Speaking, Trigger.Deadline)] = [Transferring],
        [(Speaking, Trigger.Plan)] = [Transferring],
        [(Speaking, Trigger.ToolReturned)] = [Transferring],
        [(Speaking, Trigger.LineClosed)] = [Draining, Ended],

        [(Transferring, Trigger.TransferEnded)] = [Speaking],
        [(Transferring, Trigger.LineClosed)] = [Draining, Ended],

        [(Draining, Trigger.HoldReleased)] = [Ended],
        [(Draining, Trigger.ToolReturned)] = [Ended],
    };

    /// <summary>A Mermaid state diagram.</summary>
    public static string ToMermaid() => MermaidGraph.Format(Drawn().GetInfo());

    /// <summary>A graph in Graphviz's DOT language.</summary>
    public static string ToDot() => UmlDotGraph.Format(Drawn().GetInfo());

    // A drawing has no guards: where a trigger leads to several phases, each gets its edge.
    private static StateMachine<CallPhase, Trigger> Drawn()
    {
        var machine = new StateMachine<CallPhase, Trigger>(Arriving);
        foreach (var ((from, trigger), destinations) in Seen)
            foreach (var to in destinations) machine.Configure(from).PermitIf(trigger, to);
        return machine;
    }
}
