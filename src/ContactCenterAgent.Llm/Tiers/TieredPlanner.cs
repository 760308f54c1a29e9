using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tiers;

/// <summary>
/// Several planners as one: cloud, GPU on the premises, embedded, a person, in the operator's order. A tier that is late with its first useful token, stalls, fails, or is known to
/// be down or full is left for the next; a tier that fails often is left alone for a while.
/// </summary>
/// <remarks>
/// Nothing is said or run twice: once a whole plan or a sentence has been passed on, a failure only ends the answer. Reads that an abandoned tier has started
/// are kept if the next plan wants them too. Every switch is a <see cref="PlannerSwitched"/> and a metric. When no tier is left the run ends as stalled, and the core answers from its draft. Thread-safe.
/// </remarks>
/// <param name="tiers">In the order in which they are asked; names are unique.</param>
/// <param name="time">The clock of every limit.</param>
public sealed class TieredPlanner(ImmutableArray<PlannerTier> tiers, TimeProvider time) : IPlanner
{
    private readonly ImmutableArray<TierState> _all = [.. tiers.Select(tier => new TierState(tier, new(tier.Limits, time)))];

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var race = new TierRace(request, Of(request.Line), time, cancellationToken);
        while (true)
        {
            while (race.Winner is null && !race.IsLost)
            {
                await race.AdvanceAsync();
                while (race.Switch is { } switched) yield return switched;
            }

            while (race.Switch is { } switched) yield return switched;
            if (race.Winner is not { } run)
            {
                yield return new PlannerStalled(default, request.Generation);
                yield break;
            }

            var given = false;
            var why = "";
            while (why.Length == 0)
            {
                if (run.Current is PlannerStalled)
                {
                    why = "tier.failed";
                    break;
                }

                given |= run.Current is ReplySentence or PlanProposed { Plan.Growing: false };
                yield return run.Current;
                if (run.Current is PlannerEnded) yield break;
                why = await run.NextAsync(run.Tier.Tier.Limits.Stall, "tier.stalled");
            }

            cancellationToken.ThrowIfCancellationRequested();
            await run.Tier.Breaker.FailAsync();
            if (given)
            {
                LlmMetrics.Switches.Add(1, new("from", run.Tier.Tier.Name), new("to", ""), new("why", "tier.cut"));
                yield return new PlannerSwitched(default, request.Generation, run.Tier.Tier.Name, "", "tier.cut");
                yield return new PlannerEnded(default, request.Generation);
                yield break;
            }

            await race.GiveUpAsync(why);
        }
    }

    private ImmutableArray<TierState> Of(string line) => [.. _all.Where(t => t.Tier.Lines.IsEmpty || t.Tier.Lines.Contains(line, StringComparer.OrdinalIgnoreCase))];
}
