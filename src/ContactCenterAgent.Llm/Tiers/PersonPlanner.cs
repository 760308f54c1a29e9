using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>The last tier: puts the caller through to a person, with the core's summary.</summary>
public sealed class PersonPlanner : IPlanner
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        yield return new PlanProposed(default, request.Generation, new() { Read = request.Hash, Tasks = request.Tasks, Act = TurnAct.WantsPerson, Complete = true });
        yield return new PlannerEnded(default, request.Generation);
        await Task.CompletedTask;
    }
}
