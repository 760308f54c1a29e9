using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>The moments at which something follows from time alone. The loop arms one timer for the nearest.</summary>
internal static class Deadlines
{
    /// <summary>How long the end of a call waits for releases to arrive; the outbox goes on without it.</summary>
    public static readonly TimeSpan ReleaseWait = TimeSpan.FromSeconds(2);

    public static bool DrainIsOver(CallState state) => state.Now >= state.ClosedAt + state.Settings.DrainMax;

    public static TimeSpan? Next(CallState state)
    {
        if (state.Phase is CallPhase.Ended or CallPhase.Arriving) return null;
        TimeSpan? next = null;
        if (state.Phase == CallPhase.Draining)
        {
            Consider(ref next, state, state.ClosedAt + state.Settings.DrainMax);
            Consider(ref next, state, state.ClosedAt + ReleaseWait);
        }
        else
        {
            Consider(ref next, state, Endpointing.DraftAt(state));
            Consider(ref next, state, Endpointing.SpeakAt(state));
            Consider(ref next, state, Endpointing.CommitAt(state));
            Consider(ref next, state, SilenceRules.DueAt(state));
        }

        foreach (var proposal in state.Tools.Proposals)
        {
            if (proposal.Status == ProposalStatus.Unknown) Consider(ref next, state, proposal.LookUpAt);
            if (proposal.Status == ProposalStatus.Held) Consider(ref next, state, HoldRules.RenewAt(state, proposal));
        }

        foreach (var hold in state.Tools.Holds)
            if (hold.Status == HoldStatus.Held) Consider(ref next, state, hold.ExpiresAt);
        return next;
    }

    private static void Consider(ref TimeSpan? next, CallState state, TimeSpan? at)
    {
        if (at is { } due && due > state.Now && (next is null || due < next)) next = due;
    }
}
