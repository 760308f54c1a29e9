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
internal sealed class TimedModel(DialogueListener listener, ModelTimes times, TimeProvider time) : IPlanner
{
    private const string Reply = "All right.";

    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = listener.Propose(request.Turn.Words, request.Hash);
        var isReply = request.Replies || plan.Calls.All(call => IsKnown(request, call));
        await Task.Delay(isReply ? times.FirstToken : times.Plan, time, cancellationToken);
        yield return new PlanProposed(default, request.Generation, plan);
        yield return new ReplySentence(default, request.Generation, Pii.Of(Reply));
        yield return new PlannerEnded(default, request.Generation);
    }

    // A call that has its result, or a change that has been proposed, need not be written out again.
    private static bool IsKnown(PlanRequest request, PlannedCall call)
    {
        foreach (var known in request.Known) if (known.Tool == call.Tool && known.Result is not null && IsSame(known.Arguments, call)) return true;
        foreach (var proposal in request.Proposals) if (proposal.Tool == call.Tool && IsSame(proposal.Arguments, call)) return true;
        return false;
    }

    private static bool IsSame(ImmutableSortedDictionary<string, string> arguments, PlannedCall call)
    {
        foreach (var (name, value) in call.Arguments)
            if (value is not ArgumentValue.Known known || !arguments.TryGetValue(name, out var other) || other != known.Canonical) return false;
        return true;
    }
}
