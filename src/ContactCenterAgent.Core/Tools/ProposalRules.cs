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
    /// <summary>
    /// The proposal whose read-back the caller has heard last and may now answer; null = none. A yes is to that one only: an earlier read-back that still waits has to be
    /// spoken again.
    /// </summary>
    public static Proposal? AwaitingAnswer(CallState state)
    {
        if (state.Voice.YesTo != YesTo.ReadBack) return null;
        Proposal? last = null;
        foreach (var proposal in state.Tools.Proposals)
            if (proposal.ReadBackIn > 0 && proposal.ReadBackIn < state.Turn.Number && proposal.ReadBackIn >= (last?.ReadBackIn ?? 0)) last = proposal;
        return last is { Status: < ProposalStatus.Authorised, ReplacedBy: null } && last.ReadBack == last.Digest ? last : null;
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

    // First rows of the reads that it rests on, by order of parameter, and over them the arguments; a row above the caller's level lends nothing.
    private static ImmutableSortedDictionary<string, string> Fields(StepScope step, ToolCall call)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (_, reference) in call.References)
        {
            var on = step.Tools.Calls[reference.Call - 1];
            if (!AssuranceRules.MayDisclose(step.State, on)) continue;
            foreach (var (name, value) in on.Result!.Rows[0].Fields) fields[name] = value;
        }

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

        HoldRules.ExpireHolds(step);
    }

    private static void Advance(StepScope step, Proposal proposal)
    {
        switch (proposal.Status)
        {
            case ProposalStatus.Unknown:
                DispatchRules.LookUp(step, proposal);
                return;
            case ProposalStatus.Authorised:
                DispatchRules.Dispatch(step, proposal);
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
        if (proposal.Status == ProposalStatus.Drafted && step.Descriptor(proposal).Effect == ToolEffect.Reserve) HoldRules.Place(step, proposal);
        else if (proposal.Status == ProposalStatus.Held && step.Now >= HoldRules.RenewAt(step.State, proposal)) HoldRules.Renew(step, proposal);
        AuthoriseRequest(step, step.Tools[proposal.Id]);
    }

    // New first, old after: the old one goes once the new one stands or has failed.
    private static bool IsReplaced(StepScope step, Proposal proposal)
    {
        if (proposal.ReplacedBy is not { } by) return false;

        // A draft may be mistaken: what was read back stands until the authority has read the same words and wants the other one too.
        if (step.Settings.HasAuthority && step.Planning.Verified?.Read != step.Turn.Hash) return false;
        var call = step.Tools[by];
        return call.Status is ToolCallStatus.Superseded or ToolCallStatus.Failed
            || (call.Proposal is null && call.Wanted && !Scheduling.IsBusy(step, call))
            || (call.Proposal is { } id && step.Tools[id].Status is not (ProposalStatus.Drafted or ProposalStatus.Placing))
            || (call.Proposal is not null && proposal.Hold is null);
    }

    private static bool IsWithdrawn(StepScope step, Proposal proposal) =>
        step.Turn.CommittedAt is not null && step.Planning.Verified is { } plan && plan.Read == step.Turn.Hash && plan.Withdrawn.Contains(proposal.Task);

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

    /// <summary>
    /// The deterministic reader of yes and no: no model stands on this path. Only a committed turn counts, with nothing else in it, or with a question behind the yes
    /// after which a plan that has read every word still wants the same.
    /// </summary>
    private static void TakeAnswer(StepScope step)
    {
        if (step.Turn.CommittedAt is null || step.Turn.IsOpen || AwaitingAnswer(step.State) is not { } proposal) return;
        var answer = step.Settings.PlainYesByRule ? step.Turn.Answer : Affirmation.None;
        if (answer is Affirmation.None or Affirmation.Mixed)
        {
            var verified = step.Planning.Verified?.Read == step.Turn.Hash ? step.Planning.Verified : null;
            if (verified?.Affirmation == Affirmation.No) answer = Affirmation.No;
            else if (verified?.Affirmation == Affirmation.Yes || (step.Settings.PlainYesByRule && step.Turn.YesThenQuestion))
                answer = StillWants(step, verified ?? step.Planning.Latest, proposal) ? Affirmation.Yes : Affirmation.None;
        }

        if (answer == Affirmation.Yes) Authorise(step, proposal);
        else if (answer == Affirmation.No) Withdraw(step, proposal);
    }

    // Nobody has put another in its place or taken it back, as far as a plan that has read every word can tell.
    private static bool StillWants(StepScope step, Plan? plan, Proposal proposal) =>
        plan is not null && plan.Read == step.Turn.Hash && step.Tools[proposal.Call].Wanted && !plan.Withdrawn.Contains(proposal.Task)
        && plan.Calls.Count(call => call.Tool == proposal.Tool) == 1;

    private static void Authorise(StepScope step, Proposal proposal)
    {
        if (!AssuranceRules.MayRun(step.State, step.Descriptor(proposal), proposal.Arguments)) return;
        proposal = proposal with { Status = ProposalStatus.Authorised, AuthorisedBy = step.Turn.Hash };
        step.Set(proposal);
        DispatchRules.Dispatch(step, proposal);
    }

    private static void Withdraw(StepScope step, Proposal proposal)
    {
        step.Set(proposal with { Status = proposal.Hold is null ? ProposalStatus.Withdrawn : ProposalStatus.Released });
        HoldRules.ReleaseAll(step, proposal.Id);
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
            if (step.Tools[hold.Proposal].Status != ProposalStatus.HandedOver) HoldRules.Release(step, hold.Id);
    }
}
