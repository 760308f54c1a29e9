using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Runtime;

/// <summary>Makes an <see cref="IPlanner"/> of a function from request to plan that takes about a millisecond and awaits nothing.</summary>
/// <param name="propose">Pure and thread-safe.</param>
public sealed class DraftPlanner(Func<PlanRequest, Plan> propose) : IPlanner
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        yield return new PlanProposed(default, request.Generation, propose(request));
        yield return new PlannerEnded(default, request.Generation);
        await Task.CompletedTask;
    }
}
