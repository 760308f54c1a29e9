using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Starts the calls that can start: arguments resolved, words settled, the level reached, a budget left.</summary>
internal static class Scheduling
{
    /// <summary>The value that a reference stands for; null until the referred call has a row with that field.</summary>
    public static string? Resolve(ToolPlan tools, (int Call, string Field) reference)
    {
        var call = tools.Calls[reference.Call - 1];
        return call is { Status: ToolCallStatus.Succeeded, Result.Rows.Length: > 0 } ? call.Result.Rows[0][reference.Field] : null;
    }

    public static void Advance(StepScope step)
    {
        if (step.State.Phase is not (CallPhase.Listening or CallPhase.Hearing or CallPhase.Owing or CallPhase.Speaking)) return;

        // A call may resolve or be answered from the cache and so free another one; each pass frees at least one.
        for (var pass = 0; pass <= step.Tools.Calls.Length; pass++)
        {
            var moved = false;
            for (var i = 0; i < step.Tools.Calls.Length; i++)
                if (step.Tools.Calls[i] is { Planned: true, Wanted: true, Status: ToolCallStatus.Waiting } call) moved |= Try(step, call);
            if (!moved) break;
        }
    }

    private static bool Try(StepScope step, ToolCall call)
    {
        var tool = step.Descriptor(call);
        if (call.Identity is null)
        {
            if (ResolveAll(step.Tools, call, tool) is not { } arguments) return false;
            call = call with { Arguments = arguments, Identity = Digest.OfCall(tool, arguments) };
            step.Set(call);
        }

        if (tool.IsEffect) return call.Proposal is null && ProposalRules.Draft(step, call, tool);
        if (!call.Settled || !AssuranceRules.MayRun(step.State, tool, call.Arguments)) return false;
        if (ReadCache.Find(step, call, tool) is { } found) return Adopt(step, call, found);
        if (!MayStart(step, call, tool)) return false;
        if (IsOverBudget(step) is { } limit)
        {
            Fail(step, call, new ToolFailure.OverBudget(limit));
            return true;
        }

        Start(step, call, new(call.Id, call.Tool, ToolOperation.Invoke, Pii.Of(call.Arguments), call.Open.IsEmpty ? null : tool.Widens!.MaxRows, null, null, null, tool.Deadline, step.Turn.CommittedAt is null));
        return true;
    }

    // The first row of a widened read is nobody's choice: no effect is drawn from it.
    private static ImmutableSortedDictionary<string, string>? ResolveAll(ToolPlan tools, ToolCall call, ToolDescriptor tool)
    {
        var arguments = call.Arguments;
        foreach (var (name, reference) in call.References)
        {
            if (tool.IsEffect && !tools.Calls[reference.Call - 1].Open.IsEmpty) return null;
            if (Resolve(tools, reference) is not { } value) return null;
            arguments = arguments.SetItem(name, value);
        }

        return arguments;
    }

    private static bool MayStart(StepScope step, ToolCall call, ToolDescriptor tool)
    {
        var turn = step.Turn;
        if (step.Settings.Speculation == Speculation.Sequential)
            return turn.CommittedAt is not null && step.Planning.Verified?.Read == turn.Hash && !AnyRunning(step);
        if (tool.Effect == ToolEffect.Disclose && !step.Settings.DiscloseOnGuess && (turn.ClosedAt is null || call.Verified != turn.Hash)) return false;
        if (ReadCache.IsServed(step, call, tool)) return false;
        return Running(step, tool.BackEnd) < step.Settings.RunningPerBackEnd;
    }

    public static bool AnyRunning(StepScope step)
    {
        foreach (var call in step.Tools.Calls) if (call is { StartedAt: not null, Outcome: null }) return true;
        return false;
    }

    public static int Running(StepScope step, string backEnd)
    {
        var running = 0;
        foreach (var call in step.Tools.Calls)
            if (call is { StartedAt: not null, Outcome: null } && step.Descriptor(call).BackEnd == backEnd) running++;
        return running;
    }

    /// <summary>Law 11: the limit that is reached, if one is.</summary>
    public static string? IsOverBudget(StepScope step)
    {
        int all = 0, now = 0;
        foreach (var call in step.Tools.Calls)
        {
            if (call.StartedAt is null || call.Operation is ToolOperation.Confirm or ToolOperation.LookUp) continue;
            all++;
            if (call.Turn == step.Turn.Number) now++;
        }

        return now >= step.Settings.CallsPerTurn ? "calls a turn" : all >= step.Settings.CallsPerCall ? "calls a call" : null;
    }

    private static bool Adopt(StepScope step, ToolCall call, (ToolOutcome.Succeeded Outcome, ToolCall From) found)
    {
        step.Set(call with { Status = ToolCallStatus.Succeeded, Outcome = found.Outcome, EndedAt = found.From.EndedAt, ReadBy = found.From.ReadBy ?? found.From.Id.Number });
        ToolRules.Remember(step, step.Tools[call.Id]);
        AssuranceRules.Derive(step);
        return true;
    }

    private static void Fail(StepScope step, ToolCall call, ToolFailure failure)
    {
        step.Set(call with { Status = ToolCallStatus.Failed, Outcome = new ToolOutcome.Failed(failure), EndedAt = step.Now });
        ToolRules.Remember(step, step.Tools[call.Id]);
    }

    public static void Start(StepScope step, ToolCall call, StartTool command)
    {
        step.Set(call with { Status = ToolCallStatus.Running, StartedAt = step.Now, Hold = command.Hold });
        step.Do(command);
    }

    /// <summary>The same words once more: what they ask for settles by agreement, and what they gave up is given up.</summary>
    public static void WordsAgreed(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
        {
            if (call is { Planned: true, Status: ToolCallStatus.Running, Proposal: null, Agreement.Missed: > 0 }) Reconciliation.GiveUp(step, call, step.Turn.FinalIn);
            if (call is not { Planned: true, Wanted: true, Settled: false }) continue;
            var agreed = call.Agreement.Wanted + 1;
            step.Set(call with { Agreement = (agreed, 0), Settled = step.Turn.FinalIn || Reconciliation.Agrees(step, step.Descriptor(call), agreed) });
        }
    }

    /// <summary>What still stands between a wanted call and its result.</summary>
    public static bool IsBusy(StepScope step, ToolCall call)
    {
        if (!call.Wanted || !call.Planned) return false;
        if (call.Status == ToolCallStatus.Running) return call.Proposal is null;
        if (call.Status != ToolCallStatus.Waiting || call.Proposal is not null) return false;
        foreach (var (_, reference) in call.References)
        {
            var on = step.Tools.Calls[reference.Call - 1];
            if (on.Status == ToolCallStatus.Failed || (on.Status == ToolCallStatus.Succeeded && Resolve(step.Tools, reference) is null)) return false;
            if (on.Status == ToolCallStatus.Waiting && !IsBusy(step, on)) return false;
        }

        return call.Identity is null || AssuranceRules.MayRun(step.State, step.Descriptor(call), call.Arguments) || GrantComing(step);
    }

    private static bool GrantComing(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
            if (call is { Wanted: true, Status: ToolCallStatus.Running } && step.Descriptor(call).Grants is not null) return true;
        return false;
    }

    /// <summary>The caller is gone: reads and places under way are stopped, and their outcomes awaited.</summary>
    public static void CancelReads(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
        {
            var authorised = call.Proposal is { } id && step.Tools[id].Status >= ProposalStatus.Authorised;
            if (call.Status == ToolCallStatus.Waiting && !authorised) step.Set(call with { Status = ToolCallStatus.Superseded, Wanted = false });
            if (call.Status == ToolCallStatus.Running && !authorised) Reconciliation.Supersede(step, call);
        }
    }

    /// <summary>Law 6: at the end every call has one outcome; what has not come by now counts as cancelled, an effect as unknown.</summary>
    public static void GiveUp(StepScope step)
    {
        foreach (var call in step.Tools.Calls)
        {
            if (call is not { StartedAt: not null, Outcome: null }) continue;
            ToolFailure failure = call.Operation is ToolOperation.Confirm || (call.Operation is ToolOperation.Invoke && step.Descriptor(call).IsEffect)
                ? new ToolFailure.Unknown()
                : new ToolFailure.Cancelled();
            step.Set(call with { Outcome = new ToolOutcome.Failed(failure), EndedAt = step.Now });
        }
    }
}
