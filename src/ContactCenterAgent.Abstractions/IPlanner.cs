using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Abstractions;

/// <summary>Turns words into plans. A function of the request: nothing is kept between requests of a call.</summary>
/// <remarks>
/// One instance serves many calls at once. It yields <see cref="PlanProposed"/>, then any number of <see cref="ReplySentence"/>, and ends with one
/// <see cref="PlannerEnded"/>; where it cannot go on it yields <see cref="PlannerStalled"/> and ends. Times of the events are set by the runtime.
/// It throws only <see cref="OperationCanceledException"/>, and only when the token fired; anything else is a bug that costs one generation.
/// A draft planner answers within milliseconds without awaiting anything.
/// </remarks>
public interface IPlanner
{
    /// <summary>Plans.</summary>
    IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, CancellationToken cancellationToken);
}
