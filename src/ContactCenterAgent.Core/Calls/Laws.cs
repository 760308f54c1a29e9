using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Core.Calls;

/// <summary>The laws that every step is checked against, in Release as well. A step that breaks one is not run: it costs the call, never the caller's trust.</summary>
internal static class Laws
{
    public static void Check(CallState before, StepScope step)
    {
        foreach (var command in step.Commands)
        {
            switch (command)
            {
                case StartTool start: Started(before, step.State, start); break;
                case Say { Claims: { } key }: Claimed(step.State, key); break;
            }
        }

        Bounded(step.State);
    }

    private static void Started(CallState before, CallState after, StartTool start)
    {
        var tool = after.Settings.Tool(start.Tool)!;
        if (start.Operation == ToolOperation.Place) Placed(before, after, tool, start);
        if (start.Operation == ToolOperation.Confirm || (start.Operation == ToolOperation.Invoke && tool.IsEffect)) Dispatched(before, after, tool, start);
        foreach (var (_, reference) in after.Tools[start.Call].References)
            Invariant.That(after.Tools.Calls[reference.Call - 1].Status != ToolCallStatus.Superseded, "Law 4: a superseded call feeds no other call");
        if (tool.Subject is { } subject && start.Operation == ToolOperation.Invoke && tool.Requires > AssuranceLevel.None)
            Invariant.That(after.Assurance.GetValueOrDefault(start.Arguments.Value.GetValueOrDefault(subject, "")) >= tool.Requires, "Law 9: a person's things wait for their level");
    }

    private static void Placed(CallState before, CallState after, ToolDescriptor tool, StartTool start)
    {
        Invariant.That(tool.Effect == ToolEffect.Reserve && start is { Hold: not null, TimeToLive: not null }, "Law 2: a hold has our id before it is sent");
        Invariant.That(after.Tools[start.Hold.Value].IsOpen, "Law 2: a hold is known before it is sent");
        foreach (var hold in before.Tools.Holds) Invariant.That(hold.Id != start.Hold.Value, "Law 2: a hold is placed once");
    }

    private static void Dispatched(CallState before, CallState after, ToolDescriptor tool, StartTool start)
    {
        var key = start.Key ?? throw new InvariantException("Law 3: an effect has a key");
        Invariant.That(!before.Tools.Dispatched.Contains(key), "Law 3: one effect a key");
        var call = after.Tools[start.Call];
        var proposal = after.Tools[call.Proposal ?? throw new InvariantException("Law 1: an effect belongs to a proposal")];
        Invariant.That(proposal.Key == key && proposal.Status == ProposalStatus.Dispatched, "Law 3: the key is the proposal's");
        Invariant.That(proposal.AuthorisedBy != default, "Law 1: no effect without its authorisation");
        Invariant.That(after.ClosedAt is not null || (after.Turn.CommittedAt is not null && proposal.AuthorisedBy == after.Turn.Hash), "Law 1: only from the closed transcript");
        if (tool.Authorisation == Authorisation.OnYes) Invariant.That(proposal.ReadBack == proposal.Digest, "Law 1: a yes is to what was read back");
        else Invariant.That(proposal.ReadBack == proposal.Digest || after.Tools[proposal.Call].Verified == proposal.AuthorisedBy, "Law 1: a request is read by the authority");
        if (start.Operation != ToolOperation.Confirm) return;
        var hold = after.Tools[start.Hold ?? throw new InvariantException("Law 2: a confirm names its hold")];
        Invariant.That(hold.Status == HoldStatus.Held && after.Now < hold.ExpiresAt - HoldTerms.Guard, "Law 2: no confirm in a hold's last seconds");
    }

    private static void Claimed(CallState state, EffectKey key)
    {
        foreach (var proposal in state.Tools.Proposals)
            if (proposal.Status == ProposalStatus.Done && proposal.Key == key) return;
        throw new InvariantException("Law 7: a claim has an effective entry");
    }

    private static void Bounded(CallState state)
    {
        var open = 0;
        ImmutableArray<Hold> holds = state.Tools.Holds;
        foreach (var hold in holds) if (hold.Status is HoldStatus.Placing or HoldStatus.Held) open++;
        if (open <= 1) return;
        foreach (var hold in holds)
        {
            var standing = 0;
            foreach (var other in holds)
                if (other.Status is HoldStatus.Placing or HoldStatus.Held && Group(state, other) == Group(state, hold) && state.Tools[other.Proposal].ReplacedBy is null && other.Proposal != hold.Proposal) standing++;
            Invariant.That(standing == 0 || state.Tools[hold.Proposal].ReplacedBy is not null || !(hold.Status is HoldStatus.Placing or HoldStatus.Held), "Law 11: one open hold a group");
        }
    }

    private static string Group(CallState state, Hold hold) => state.Settings.Tool(hold.Tool)!.Hold!.ExclusiveGroup;
}
