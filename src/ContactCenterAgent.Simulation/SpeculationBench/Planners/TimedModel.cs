using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>
/// The strong model: plans like its listener and takes a model's time. A plan with calls takes the time of a whole plan, also where it only confirms the
/// draft's; then one sentence. Without calls, or where every result that it would ask for is known, it is a reply from its first token on.
/// </summary>
internal sealed class TimedModel(TurnListener listener, ModelTimes times, TimeProvider time) : IPlanner
{
    private const string Reply = "All right.";

    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = listener.Propose(request.Turn.Words, request.Hash);
        var isReply = request.Replies || plan.Calls.All(call => IsKnown(request, plan, call));
        await Task.Delay(isReply ? times.FirstToken : times.Plan, time, cancellationToken);
        yield return new PlanProposed(default, request.Generation, plan);
        yield return new ReplySentence(default, request.Generation, Pii.Of(Reply));
        yield return new PlannerEnded(default, request.Generation);
    }

    // A call that has its result, or a change that has been proposed, need not be written out again.
    private static bool IsKnown(PlanRequest request, Plan plan, PlannedCall call) =>
        Result(request, plan, call) is not null || request.Proposals.Any(p => p.Tool == call.Tool && IsSame(request, plan, p.Arguments, call));

    private static ToolResult? Result(PlanRequest request, Plan plan, PlannedCall call) =>
        request.Known.FirstOrDefault(k => k.Tool == call.Tool && k.Result is not null && IsSame(request, plan, k.Arguments, call))?.Result;

    private static bool IsSame(PlanRequest request, Plan plan, ImmutableSortedDictionary<string, string> arguments, PlannedCall call)
    {
        foreach (var (name, value) in call.Arguments)
            if (Canonical(request, plan, value) is not { } canonical || !arguments.TryGetValue(name, out var other) || other != canonical) return false;
        return true;
    }

    // What another call was to find is known where that call's result is.
    private static string? Canonical(PlanRequest request, Plan plan, ArgumentValue value) => value is ArgumentValue.From from
        ? plan.Calls.FirstOrDefault(c => c.Label == from.Label) is { } on && Result(request, plan, on) is { Rows: [var row, ..] } ? row[from.Field] : null
        : ((ArgumentValue.Known)value).Canonical;
}
