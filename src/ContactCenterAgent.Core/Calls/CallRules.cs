using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Calls;

/// <summary>The call's own life: arrival, hand-over, goodbye, hang-up, end.</summary>
internal static class CallRules
{
    public static void Ignore(StepScope step)
    {
        // The row's reason says why.
    }

    public static void Arrive(StepScope step)
    {
        var arrived = (CallArrived)step.Happened;
        step.State = step.State with { Line = arrived.Line, CallerNumber = arrived.CallerNumber, LocalStart = arrived.LocalStart };
        step.Do(new AnswerLine());
    }

    public static void Open(StepScope step)
    {
        step.State = step.State with { Phase = CallPhase.Listening };
        step.Voice = step.Voice with { SilentSince = step.Now };
        VoiceRules.Say(step, step.Settings.Greeting, PromptKind.Greeting);
    }

    public static void StorageChanged(StepScope step) =>
        step.State = step.State with { Writable = ((StorageChanged)step.Happened).Writable };

    public static void WantsPerson(StepScope step) => HandOver(step, "the caller asked for a person");

    /// <summary>Puts the caller through: nothing is claimed before a person has taken the call.</summary>
    public static void HandOver(StepScope step, string reason)
    {
        if (step.State.Phase is CallPhase.Transferring or CallPhase.Draining or CallPhase.Ended) return;
        PlanningRules.CancelAll(step);
        ProposalRules.WithdrawUnauthorised(step);
        VoiceRules.Say(step, FixedPrompts.Colleague, PromptKind.Answer);
        step.Turn = step.Turn with { Owed = false };
        step.State = step.State with { Phase = CallPhase.Transferring };
        step.Do(new TransferToPerson(reason, Pii.Of(Summary.Of(step.State))));
    }

    public static void TransferEnded(StepScope step)
    {
        if (((TransferEnded)step.Happened).Outcome == TransferOutcome.Answered)
        {
            End(step, Disposition.Transferred);
            return;
        }

        step.State = step.State with { Phase = CallPhase.Listening };
        step.Voice = step.Voice with { SilentSince = step.Now, NoMatches = 0 };
        VoiceRules.Say(step, FixedPrompts.NobodyFree, PromptKind.Answer);
    }

    public static void Close(StepScope step)
    {
        var owed = step.Turn.Owed || step.Turn.IsOpen || step.State.Phase is CallPhase.Arriving or CallPhase.Transferring;
        End(step, ((LineClosed)step.Happened).Lost ? Disposition.LineLost : owed ? Disposition.Abandoned : Disposition.Completed);
    }

    private static void End(StepScope step, Disposition disposition)
    {
        PlanningRules.CancelAll(step);
        step.State = step.State with { Phase = CallPhase.Draining, Disposition = disposition, ClosedAt = step.Now };
        step.Turn = step.Turn with { Owed = false };
        step.Voice = step.Voice with { Prompts = [] };
        ProposalRules.WithdrawUnauthorised(step);
        Scheduling.CancelReads(step);
    }

    /// <summary>Settles the phase, says the last goodbye, and closes the call once nothing is owed.</summary>
    public static void Settle(StepScope step)
    {
        if (step.State.Phase == CallPhase.Draining) Drain(step);
        if (step.State.Phase is CallPhase.Arriving or CallPhase.Transferring or CallPhase.Draining or CallPhase.Ended) return;
        if (step.Voice is { HangUpAfter: true, Prompts.Length: 0 })
        {
            step.Voice = step.Voice with { HangUpAfter = false };
            step.Do(new HangUp());
            End(step, Disposition.Completed);
            Drain(step);
            return;
        }

        step.State = step.State with
        {
            Phase = step.Turn.IsOpen ? CallPhase.Hearing
                : step.Voice.Prompts.Length > 0 ? CallPhase.Speaking
                : step.Turn.Owed ? CallPhase.Owing
                : CallPhase.Listening,
        };
    }

    private static void Drain(StepScope step)
    {
        if (!Deadlines.DrainIsOver(step.State) && Owes(step.State)) return;
        Scheduling.GiveUp(step);
        ProposalRules.HandOverUnknown(step);
        step.State = step.State with { Phase = CallPhase.Ended, Closed = true };
        step.Do(new CloseCall(step.State.Disposition!.Value));
    }

    private static bool Owes(CallState state)
    {
        foreach (var call in state.Tools.Calls)
            if (call is { StartedAt: not null, Outcome: null }) return true;
        foreach (var proposal in state.Tools.Proposals)
            if (proposal.Status is ProposalStatus.Authorised or ProposalStatus.Dispatched or ProposalStatus.Unknown) return true;
        return state.Now < state.ClosedAt + Deadlines.ReleaseWait && state.Tools.Holds.Any(hold => hold.IsOpen);
    }
}
