using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>
/// The life of a proposal: drafted, held, read back, authorised, dispatched, and one of its ends. Nothing here rests on what a plan leaves out;
/// a turn's close by itself confirms nothing.
/// </summary>
internal static class ProposalRules
{
    private const int RenewalsMax = 3;
    private const int LookUpsMax = 3;
    private const int SearchesMax = 2;
    private static readonly ImmutableArray<TimeSpan> LookUpWaits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8)];

    /// <summary>The proposal whose read-back the caller has heard and may now answer; null = none.</summary>
    public static Proposal? AwaitingAnswer(CallState state)
    {
        var proposals = state.Tools.Proposals;
        for (var i = proposals.Length - 1; i >= 0; i--)
        {
            var proposal = proposals[i];
            if (proposal is { Status: < ProposalStatus.Authorised, ReplacedBy: null } && proposal.ReadBack == proposal.Digest && proposal.ReadBackIn < state.Turn.Number)
                return proposal;
        }

        return null;
    }

    /// <summary>A planned effect whose arguments are all known becomes a proposal, unless it has been done, or its outcome is not known.</summary>
    public static bool Draft(StepScope step, ToolCall call, ToolDescriptor tool)
    {
        var digest = call.Identity!.Value;
        var occurrence = 1;
        foreach (var earlier in step.Tools.Proposals)
        {
            if (earlier.Tool != call.Tool || earlier.Digest != digest) continue;
            if (earlier.Status is ProposalStatus.Dispatched or ProposalStatus.Unknown or ProposalStatus.HandedOver || (earlier.Status == ProposalStatus.Done && !call.Another))
            {
                // Said again rather than done again.
                step.Set(earlier with { Reported = false });
                step.Set(call with { Proposal = earlier.Id });
                return true;
            }

            if (step.Tools.Dispatched.Contains(earlier.Key)) occurrence = Math.Max(occurrence, earlier.Occurrence + 1);
        }

        var proposal = new Proposal
        {
            Id = new(step.Tools.Proposals.Length + 1),
            Task = call.Task,
            Tool = call.Tool,
            Arguments = call.Arguments,
            Digest = digest,
            Call = call.Id,
            Occurrence = occurrence,
            Fields = Fields(step, call),
        };
        step.Tools = step.Tools with { Proposals = step.Tools.Proposals.Add(proposal) };
        step.Set(call with { Proposal = proposal.Id });
        return true;
    }

    // Nearer rows win over farther ones, arguments over all; a row above the caller's level lends nothing.
    private static ImmutableSortedDictionary<string, string> Fields(StepScope step, ToolCall call)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (_, reference) in call.References)
        {
            var on = step.Tools.Calls[reference.Call - 1];
            if (!AssuranceRules.MayDisclose(step.State, on)) continue;
            foreach (var (name, value) in on.Result!.Rows[0].Fields) fields[name] = value;
        }

        // What the call rests on by order of its references may hide a moved thing's old place behind its new one: the read that the plan named last wins.
        foreach (var (name, value) in call.Arguments) fields[name] = value;
        return fields.ToImmutable();
    }

    public static void Advance(StepScope step)
    {
        if (step.State.Phase is CallPhase.Arriving or CallPhase.Ended) return;
        TakeAnswer(step);
        for (var i = 0; i < step.Tools.Proposals.Length; i++)
        {
            var proposal = step.Tools.Proposals[i];
            if (proposal.IsOpen) Advance(step, proposal);
        }

        ExpireHolds(step);
    }

    private static void Advance(StepScope step, Proposal proposal)
    {
        switch (proposal.Status)
        {
            case ProposalStatus.Unknown:
                LookUp(step, proposal);
                return;
            case ProposalStatus.Authorised:
                Dispatch(step, proposal);
                return;
            case ProposalStatus.Dispatched:
                return;
        }

        if (step.State.Phase is CallPhase.Transferring or CallPhase.Draining) return;
        if (IsReplaced(step, proposal) || IsWithdrawn(step, proposal))
        {
            Withdraw(step, proposal);
            return;
        }

        if (proposal.ReplacedBy is not null) return;
        if (proposal.Status == ProposalStatus.Drafted && step.Descriptor(proposal).Effect == ToolEffect.Reserve) Place(step, proposal);
        else if (proposal.Status == ProposalStatus.Held && step.Now >= RenewAt(step.State, proposal)) Renew(step, proposal);
        AuthoriseRequest(step, step.Tools[proposal.Id]);
    }

    // New first, old after: the old one goes once the new one stands or has failed.
    private static bool IsReplaced(StepScope step, Proposal proposal)
    {
        if (proposal.ReplacedBy is not { } by) return false;
        var call = step.Tools[by];
        return call.Status is ToolCallStatus.Superseded or ToolCallStatus.Failed
            || (call.Proposal is { } id && step.Tools[id].Status is not (ProposalStatus.Drafted or ProposalStatus.Placing))
            || (call.Proposal is not null && proposal.Hold is null);
    }

    private static bool IsWithdrawn(StepScope step, Proposal proposal) =>
        step.Turn.CommittedAt is not null && step.Planning.Verified is { } plan && plan.Read == step.Turn.Hash && plan.Withdrawn.Contains(proposal.Task);

    // ---- holds ----

    private static void Place(StepScope step, Proposal proposal)
    {
        var tool = step.Descriptor(proposal);
        var call = step.Tools[proposal.Call];
        if (!call.Settled || !call.Wanted || !AssuranceRules.MayRun(step.State, tool, proposal.Arguments) || !step.State.Writable) return;
        if (Endpointing.EndsInCue(step.Turn) && step.Turn.ClosedAt is null) return;
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

    private static void Renew(StepScope step, Proposal proposal)
    {
        if (!step.State.Writable) return;
        var call = step.Add(id => new ToolCall
        {
            Id = id,
            Task = proposal.Task,
            Tool = proposal.Tool,
            Operation = ToolOperation.Place,
            Arguments = proposal.Arguments,
            Identity = proposal.Digest,
            Proposal = proposal.Id,
            Turn = step.Turn.Number,
            Settled = true,
        });
        StartPlacing(step, proposal, call, step.Descriptor(proposal));
    }

    private static void Release(StepScope step, HoldId id)
    {
        var hold = step.Tools[id];
        if (!hold.IsOpen || hold.Status == HoldStatus.Releasing) return;
        step.Set(hold with { Status = HoldStatus.Releasing });
        step.Do(new ReleaseHold(id, hold.Tool, hold.ExpiresAt));
    }

    private static void ReleaseAll(StepScope step, ProposalId proposal)
    {
        foreach (var hold in step.Tools.Holds) if (hold.Proposal == proposal) Release(step, hold.Id);
    }

    private static void ExpireHolds(StepScope step)
    {
        foreach (var hold in step.Tools.Holds)
        {
            if (hold.Status != HoldStatus.Held || step.Now < hold.ExpiresAt) continue;
            Release(step, hold.Id);
            var proposal = step.Tools[hold.Proposal];
            if (proposal.Status == ProposalStatus.Held && proposal.Hold == hold.Id) step.Set(proposal with { Status = ProposalStatus.Expired });
        }
    }

    // ---- authorisation and dispatch ----

    private static void AuthoriseRequest(StepScope step, Proposal proposal)
    {
        var tool = step.Descriptor(proposal);
        var call = step.Tools[proposal.Call];
        if (tool.Authorisation != Authorisation.OnRequest || proposal.Status >= ProposalStatus.Authorised || proposal.ReplacedBy is not null) return;
        if (!call.Requested || !call.Wanted || step.Turn.CommittedAt is null || call.Verified != step.Turn.Hash) return;
        if (tool.Effect == ToolEffect.Reserve && proposal.Status != ProposalStatus.Held) return;
        if (!AssuranceRules.MayRun(step.State, tool, proposal.Arguments)) return;
        Authorise(step, proposal);
    }

    /// <summary>The deterministic reader of yes and no: no model stands on this path. Only a committed turn with nothing else in it counts.</summary>
    private static void TakeAnswer(StepScope step)
    {
        if (step.Turn.CommittedAt is null || step.Turn.IsOpen || AwaitingAnswer(step.State) is not { } proposal) return;
        var answer = PlainWords.ReadAnswer(step.Turn.Heard.Words);
        if (answer == Affirmation.None && step.Planning.Verified is { } plan && plan.Read == step.Turn.Hash) answer = plan.Affirmation;
        if (answer == Affirmation.Yes) Authorise(step, proposal);
        else if (answer == Affirmation.No) Withdraw(step, proposal);
    }

    private static void Authorise(StepScope step, Proposal proposal)
    {
        if (!AssuranceRules.MayRun(step.State, step.Descriptor(proposal), proposal.Arguments)) return;
        proposal = proposal with { Status = ProposalStatus.Authorised, AuthorisedBy = step.Turn.Hash };
        step.Set(proposal);
        Dispatch(step, proposal);
    }

    /// <summary>Where a proposal that more words have un-staged stands again.</summary>
    public static ProposalStatus Unstaged(StepScope step, Proposal proposal) => proposal.Hold is not { } hold
        ? ProposalStatus.Drafted
        : step.Tools[hold].Status == HoldStatus.Held ? ProposalStatus.Held : ProposalStatus.Placing;

    private static void Dispatch(StepScope step, Proposal proposal)
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
        var call = reserve
            ? step.Add(id => new ToolCall
            {
                Id = id,
                Task = proposal.Task,
                Tool = proposal.Tool,
                Operation = ToolOperation.Confirm,
                Arguments = proposal.Arguments,
                Identity = proposal.Digest,
                Proposal = proposal.Id,
                Turn = step.Turn.Number,
                Settled = true,
            })
            : step.Tools[proposal.Call];
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
        if (!placing) Renew(step, proposal);
        return false;
    }

    // ---- outcomes ----

    public static void Returned(StepScope step, ToolCall call)
    {
        var proposal = step.Tools[call.Proposal!.Value];
        switch (call.Operation)
        {
            case ToolOperation.Place: Placed(step, proposal, call); break;
            case ToolOperation.LookUp: LookedUp(step, proposal, call); break;
            default: Effected(step, proposal, call); break;
        }
    }

    private static void Placed(StepScope step, Proposal proposal, ToolCall call)
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
        Fail(step, proposal, failure);
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

    private static void Fail(StepScope step, Proposal proposal, ToolFailure failure)
    {
        step.Set(proposal with { Status = ProposalStatus.Failed, Outcome = new ToolOutcome.Failed(failure) });
        ReleaseAll(step, proposal.Id);
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

    private static void LookUp(StepScope step, Proposal proposal)
    {
        if (proposal.LookUpAt is not { } due || step.Now < due) return;
        step.Set(proposal with { LookUpAt = null, LookUps = proposal.LookUps + 1 });
        var tool = step.Descriptor(proposal);
        var call = step.Add(id => new ToolCall
        {
            Id = id,
            Task = proposal.Task,
            Tool = proposal.Tool,
            Operation = ToolOperation.LookUp,
            Arguments = proposal.Arguments,
            Identity = proposal.Digest,
            Proposal = proposal.Id,
            Turn = step.Turn.Number,
            Settled = true,
        });
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

    // ---- taking back ----

    private static void Withdraw(StepScope step, Proposal proposal)
    {
        step.Set(proposal with { Status = proposal.Hold is null ? ProposalStatus.Withdrawn : ProposalStatus.Released });
        ReleaseAll(step, proposal.Id);
        foreach (var call in step.Tools.Calls)
            if (call is { Operation: ToolOperation.Place, Status: ToolCallStatus.Running } && call.Proposal == proposal.Id) Reconciliation.Supersede(step, call);
        if (proposal.ReplacedBy is null) step.Planning = step.Planning with { Tasks = step.Planning.Tasks.RemoveAll(task => task.Id == proposal.Task) };
    }

    /// <summary>The caller is gone or with a person: what was not authorised is taken back, what was finishes.</summary>
    public static void WithdrawUnauthorised(StepScope step)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.Status < ProposalStatus.Authorised) Withdraw(step, step.Tools[proposal.Id]);
    }

    /// <summary>The call ends with outcomes that nobody knows: a person gets them with their keys.</summary>
    public static void HandOverUnknown(StepScope step)
    {
        foreach (var proposal in step.Tools.Proposals)
            if (proposal.IsOpen) step.Set(proposal with { Status = proposal.Status is ProposalStatus.Dispatched or ProposalStatus.Unknown ? ProposalStatus.HandedOver : ProposalStatus.Withdrawn });
        foreach (var hold in step.Tools.Holds)
            if (step.Tools[hold.Proposal].Status != ProposalStatus.HandedOver) Release(step, hold.Id);
    }
}
