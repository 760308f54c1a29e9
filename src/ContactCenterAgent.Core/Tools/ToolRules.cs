using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Core.Tools;

/// <summary>Takes the outcomes of tools. A call has one; a second one is ignored.</summary>
internal static class ToolRules
{
    public static void Record(StepScope step)
    {
        var returned = (ToolReturned)step.Happened;
        if (returned.Call.Call != step.State.Id || returned.Call.Number > step.Tools.Calls.Length) return;
        var call = step.Tools[returned.Call];
        if (call.Outcome is not null || call.StartedAt is null) return;

        call = call with
        {
            Outcome = returned.Outcome,
            EndedAt = step.Now,
            Wanted = call.Wanted && call.Agreement.Missed == 0,
            Status = call.Status == ToolCallStatus.Superseded ? ToolCallStatus.Superseded
                : returned.Outcome is ToolOutcome.Succeeded ? ToolCallStatus.Succeeded : ToolCallStatus.Failed,
        };
        step.Set(call);
        Remember(step, call);
        if (call.Proposal is not null) DispatchRules.Returned(step, call);
        AssuranceRules.Derive(step);
    }

    /// <summary>Law 5: a current call's result enters history in the step that receives it. A superseded one's never does, unless it was an effect.</summary>
    public static void Remember(StepScope step, ToolCall call)
    {
        if (call.Status == ToolCallStatus.Superseded) return;
        var outcome = call.Outcome switch
        {
            ToolOutcome.Succeeded when !AssuranceRules.MayDisclose(step.State, call) => "sealed",
            ToolOutcome.Succeeded done => $"{done.Result.Rows.Length} rows",
            ToolOutcome.Failed failed => failed.Failure.Code,
            _ => "",
        };
        var operation = call.Operation == ToolOperation.Invoke ? "" : $" {call.Operation.ToString().ToLowerInvariant()}";
        step.Remember(Speaker.Tool, $"{call.Tool}{operation} -> {outcome}");
    }

    /// <summary>A release came to its end: the hold's end is final.</summary>
    public static void Released(StepScope step)
    {
        var released = (HoldReleased)step.Happened;
        foreach (var hold in step.Tools.Holds)
        {
            if (hold.Id != released.Hold || !hold.IsOpen) continue;
            step.Set(hold with { Status = released.Expired ? HoldStatus.Expired : HoldStatus.Released });
        }
    }
}
