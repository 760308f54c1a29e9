using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>The point of no return and what comes after it: one effect per key, and look-ups by key where nobody knows (law 3).</summary>
internal static class DispatchRules
{
    private const int LookUpsMax = 3;
    private static readonly ImmutableArray<TimeSpan> LookUpWaits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8)];

    /// <summary>Where a proposal that more words have un-staged stands again.</summary>
    public static ProposalStatus Unstaged(StepScope step, Proposal proposal) => proposal.Hold is not { } hold
        ? ProposalStatus.Drafted
        : step.Tools[hold].Status == HoldStatus.Held ? ProposalStatus.Held : ProposalStatus.Placing;

    public static void Dispatch(StepScope step, Proposal proposal)
    {
        var gone = step.State.Phase == CallPhase.Draining;
        if (!gone && (step.Turn.CommittedAt is null || step.Turn.Hash != proposal.AuthorisedBy))
        {
            step.Set(proposal with { Status = Unstaged(step, proposal), AuthorisedBy = WordsHash.None });
            return;
        }

        if (!step.State.Writable)
        {
            Fail(step, proposal, new ToolFailure.ReadOnly());
            return;
        }

        var tool = step.Descriptor(proposal);
        if (tool.Effect == ToolEffect.Reserve && !HoldIsGood(step, proposal)) return;
        step.Set(proposal with { Status = ProposalStatus.Dispatched });
        step.Tools = step.Tools with { Dispatched = step.Tools.Dispatched.Add(proposal.Key) };
        var reserve = tool.Effect == ToolEffect.Reserve;
        var call = reserve ? step.AddFor(proposal, ToolOperation.Confirm) : step.Tools[proposal.Call];
        Scheduling.Start(step, call, new(call.Id, tool.Name, call.Operation, Pii.Of(proposal.Arguments), null, proposal.Hold, null, proposal.Key, tool.Deadline, Speculative: false));
    }

    // A hold in its last seconds is not confirmed: it is renewed first, and the dispatch waits for the new one.
    private static bool HoldIsGood(StepScope step, Proposal proposal)
    {
        if (proposal.Hold is not { } id) return false;
        var hold = step.Tools[id];
        if (hold.Status == HoldStatus.Held && step.Now < hold.ExpiresAt - HoldTerms.Guard) return true;
        var placing = false;
        foreach (var other in step.Tools.Holds) placing |= other.Proposal == proposal.Id && other.Status == HoldStatus.Placing;
        if (!placing) HoldRules.Renew(step, proposal);
        return false;
    }

    public static void Returned(StepScope step, ToolCall call)
    {
        var proposal = step.Tools[call.Proposal!.Value];
        switch (call.Operation)
        {
            case ToolOperation.Place: HoldRules.Placed(step, proposal, call); break;
            case ToolOperation.LookUp: LookedUp(step, proposal, call); break;
            default: Effected(step, proposal, call); break;
        }
    }

    private static void Effected(StepScope step, Proposal proposal, ToolCall call)
    {
        if (call.Outcome is ToolOutcome.Succeeded) Done(step, proposal, call.Outcome);
        else if (call.Failure is ToolFailure.Unknown or ToolFailure.TimedOut) Wait(step, proposal);
        else Fail(step, proposal, call.Failure!);
    }

    private static void Done(StepScope step, Proposal proposal, ToolOutcome outcome)
    {
        if (proposal.Hold is { } hold) step.Set(step.Tools[hold] with { Status = HoldStatus.Confirmed });
        step.Set(proposal with { Status = ProposalStatus.Done, Outcome = outcome });
        Changed(step, proposal.Tool);
        step.Planning = step.Planning with { Tasks = step.Planning.Tasks.RemoveAll(task => task.Id == proposal.Task) };
    }

    public static void Fail(StepScope step, Proposal proposal, ToolFailure failure)
    {
        step.Set(proposal with { Status = ProposalStatus.Failed, Outcome = new ToolOutcome.Failed(failure) });
        HoldRules.ReleaseAll(step, proposal.Id);
        Changed(step, proposal.Tool);
    }

    private static void Changed(StepScope step, string tool) =>
        step.Tools = step.Tools with { ChangedAfter = step.Tools.ChangedAfter.SetItem(step.Settings.Tool(tool)!.BackEnd, step.Tools.Calls.Length) };

    private static void Wait(StepScope step, Proposal proposal) => step.Set(proposal with
    {
        Status = step.Descriptor(proposal).CanLookUp && proposal.LookUps < LookUpsMax ? ProposalStatus.Unknown : ProposalStatus.HandedOver,
        Outcome = new ToolOutcome.Failed(new ToolFailure.Unknown()),
        LookUpAt = step.Now + LookUpWaits[Math.Min(proposal.LookUps, LookUpsMax - 1)],
        Reported = proposal.Reported && proposal.LookUps < LookUpsMax,
    });

    public static void LookUp(StepScope step, Proposal proposal)
    {
        if (proposal.LookUpAt is not { } due || step.Now < due) return;
        step.Set(proposal with { LookUpAt = null, LookUps = proposal.LookUps + 1 });
        var tool = step.Descriptor(proposal);
        var call = step.AddFor(proposal, ToolOperation.LookUp);
        Scheduling.Start(step, call, new(call.Id, tool.Name, ToolOperation.LookUp, Pii.Of(proposal.Arguments), null, proposal.Hold, null, proposal.Key, tool.Deadline, Speculative: false));
    }

    private static void LookedUp(StepScope step, Proposal proposal, ToolCall call)
    {
        if (proposal.Status != ProposalStatus.Unknown) return;
        var state = call.Result is { Rows.Length: 1 } result ? result.Rows[0]["state"] : null;
        if (state == "done") Done(step, proposal with { Reported = false }, call.Outcome!);
        else if (state == "absent") Fail(step, proposal with { Reported = false }, new ToolFailure.Unavailable());
        else Wait(step, proposal);
    }
}
