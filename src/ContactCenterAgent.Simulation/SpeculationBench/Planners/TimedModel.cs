using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
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
        var isReply = plan.Calls.IsEmpty || request.Replies;
        await Task.Delay(isReply ? times.FirstToken : times.Plan, time, cancellationToken);
        yield return new PlanProposed(default, request.Generation, plan);
        yield return new ReplySentence(default, request.Generation, Pii.Of(Reply));
        yield return new PlannerEnded(default, request.Generation);
    }
}
