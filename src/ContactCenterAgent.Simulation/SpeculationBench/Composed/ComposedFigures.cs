using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>What the figures of one composed task have in common under every policy.</summary>
internal static class ComposedFigures
{
    /// <summary>A figure with nothing measured yet.</summary>
    public static TurnFigure Of(string policy, ComposedTask task, HeardTurn turn) => new()
    {
        Dialogue = task.Id,
        Turn = 0,
        Services = [task.Shape.ToString()],
        Policy = policy,
        Kind = task.Calls.Any(c => ComposedTools.IsWrite(c.Tool)) ? TurnKind.Write : TurnKind.Read,
        Call = string.Join(" ", task.Calls.Select(c => c.Tool)),
        HeadStartMs = (turn.End - turn.Spoken.Words.Last(w => w.Source >= 0 && w.Source <= task.Calls.Max(c => c.Wished)).To).TotalMilliseconds,
    };

    /// <summary>What was changed, beside what the whole turn asks to change.</summary>
    public static DialogueFigure State(string policy, ComposedTask task, HeardTurn turn, IEnumerable<string> effects) => new(
        task.Id, policy, [.. effects.Order(StringComparer.Ordinal)],
        [.. ResolvedCall.Of(turn.Whole).Where(c => c.IsWrite).Select(c => c.Text).Order(StringComparer.Ordinal)]);
}
