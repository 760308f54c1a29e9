using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Holds: placed and renewed under ids of our own, released whatever came back, and never left without an end (law 2).</summary>
internal static class HoldRules
{
    private const int RenewalsMax = 3;
    private const int SearchesMax = 2;

    public static void Place(StepScope step, Proposal proposal)
    {
        var tool = step.Descriptor(proposal);
        var call = step.Tools[proposal.Call];
        if (!call.Settled || !call.Wanted || !AssuranceRules.MayRun(step.State, tool, proposal.Arguments) || !step.State.Writable) return;
        if (step.Planning.Latest?.Read != step.Turn.Hash || (step.Turn.ClosedAt is null && !Endpointing.IsPausing(step))) return;
        if (step.Settings.Speculation == Speculation.Sequential && (step.Turn.CommittedAt is null || call.Verified != step.Turn.Hash || Scheduling.AnyRunning(step))) return;
        if (GroupIsTaken(step, proposal, tool.Hold!.ExclusiveGroup) || Scheduling.Running(step, tool.BackEnd) >= step.Settings.RunningPerBackEnd) return;
        if (Scheduling.IsOverBudget(step) is { } limit)
        {
            step.Set(proposal with { Status = ProposalStatus.Failed, Outcome = new ToolOutcome.Failed(new ToolFailure.OverBudget(limit)) });
            return;
        }

        step.Set(proposal with { Status = ProposalStatus.Placing });
        StartPlacing(step, step.Tools[proposal.Id], call, tool);
    }

    // Every attempt has its own id, known here before anything is sent (law 2).
    private static void StartPlacing(StepScope step, Proposal proposal, ToolCall call, ToolDescriptor tool)
    {
        var hold = HoldId.For(call.Id);
        var verified = AssuranceRules.Highest(step.State) >= AssuranceLevel.Verified;
        var life = verified ? tool.Hold!.TimeToLive : tool.Hold!.Unverified;
        step.Tools = step.Tools with { Holds = step.Tools.Holds.Add(new(hold, proposal.Id, tool.Name, step.Now + life, HoldStatus.Placing)) };
        step.Set(proposal with { Hold = proposal.Hold ?? hold });
        Scheduling.Start(step, call, new(call.Id, tool.Name, ToolOperation.Place, Pii.Of(proposal.Arguments), null, hold, life, null, tool.Deadline, step.Turn.CommittedAt is null));
    }

    private static bool GroupIsTaken(StepScope step, Proposal proposal, string group)
    {
        foreach (var hold in step.Tools.Holds)
        {
            if (!hold.IsOpen || hold.Status == HoldStatus.Releasing || hold.Proposal == proposal.Id) continue;
            if (step.Settings.Tool(hold.Tool)!.Hold!.ExclusiveGroup == group && step.Tools[hold.Proposal].ReplacedBy is null) return true;
        }

        return false;
    }

    /// <summary>A hold that is being talked about is renewed before its last seconds; null = it is left to run out.</summary>
    public static TimeSpan? RenewAt(CallState state, Proposal proposal)
    {
        if (proposal.Hold is not { } id || proposal.ReplacedBy is not null || state.Phase is CallPhase.Transferring or CallPhase.Draining) return null;
        var attempts = 0;
        foreach (var hold in state.Tools.Holds)
        {
            if (hold.Proposal != proposal.Id) continue;
            attempts++;
            if (hold.Status == HoldStatus.Placing) return null;
        }

        return attempts > RenewalsMax ? null : state.Tools[id].ExpiresAt - HoldTerms.Guard - HoldTerms.Guard;
    }

    public static void Renew(StepScope step, Proposal proposal)
    {
        if (!step.State.Writable) return;
        var call = step.AddFor(proposal, ToolOperation.Place);
        StartPlacing(step, proposal, call, step.Descriptor(proposal));
    }

    public static void Release(StepScope step, HoldId id)
    {
        var hold = step.Tools[id];
        if (!hold.IsOpen || hold.Status == HoldStatus.Releasing) return;
        step.Set(hold with { Status = HoldStatus.Releasing });
        step.Do(new ReleaseHold(id, hold.Tool, hold.ExpiresAt));
    }

    public static void ReleaseAll(StepScope step, ProposalId proposal)
    {
        foreach (var hold in step.Tools.Holds) if (hold.Proposal == proposal) Release(step, hold.Id);
    }

    public static void ExpireHolds(StepScope step)
    {
        foreach (var hold in step.Tools.Holds)
        {
            if (hold.Status != HoldStatus.Held || step.Now < hold.ExpiresAt) continue;
            Release(step, hold.Id);
            var proposal = step.Tools[hold.Proposal];
            if (proposal.Status == ProposalStatus.Held && proposal.Hold == hold.Id) step.Set(proposal with { Status = ProposalStatus.Expired });
        }
    }

    public static void Placed(StepScope step, Proposal proposal, ToolCall call)
    {
        var id = call.Hold!.Value;
        var hold = step.Tools[id];
        var wanted = proposal.IsOpen && call.Status != ToolCallStatus.Superseded && hold.Status == HoldStatus.Placing;
        if (call.Outcome is ToolOutcome.Succeeded done && wanted)
        {
            step.Set(hold with { Status = HoldStatus.Held });
            if (proposal.Hold is { } old && old != id) Release(step, old);
            step.Set(proposal with
            {
                Hold = id,
                Placed = done.Result,
                Status = proposal.Status == ProposalStatus.Placing ? ProposalStatus.Held : proposal.Status,
            });
            return;
        }

        // Whatever came back, nothing of ours stays behind: a release by our own id is harmless where there is no hold.
        Release(step, id);
        if (proposal.Status is not (ProposalStatus.Placing or ProposalStatus.Authorised) || call.Failure is not { } failure) return;
        DispatchRules.Fail(step, proposal, failure);
        if (failure is ToolFailure.Refused) SearchAnew(step);
    }

    // Somebody else was faster: what the reads showed is no longer so. The same plan, with new reads, may find the next best.
    private static void SearchAnew(StepScope step)
    {
        var refused = 0;
        foreach (var proposal in step.Tools.Proposals)
            if (step.Tools[proposal.Call].AskedIn == step.Turn.Number && proposal is { Status: ProposalStatus.Failed, Outcome: ToolOutcome.Failed { Failure: ToolFailure.Refused } }) refused++;
        if (refused > SearchesMax || step.Planning.Latest is not { } plan || step.State.Phase is CallPhase.Transferring or CallPhase.Draining) return;
        Reconciliation.Apply(step, plan, step.Planning.Verified?.Read == plan.Read && plan.Read == step.Turn.Hash);
    }
}
