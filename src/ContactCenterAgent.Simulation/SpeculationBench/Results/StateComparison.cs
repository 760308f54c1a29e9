using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>Whether a dialogue's effects are worse than others. Effects are a multiset: a table booked twice is one effect too many.</summary>
internal static class StateComparison
{
    /// <summary>It misses an effect that sequential has, or has one that neither sequential nor the annotation has.</summary>
    public static bool IsWorseThanSequential(DialogueFigure own, DialogueFigure sequential) =>
        Misses(own.Effects, sequential.Effects) || HasMore(own, sequential);

    /// <summary>It misses an annotated effect that could be reached, or has one that neither sequential nor the annotation has.</summary>
    public static bool IsWorseThanAnnotation(DialogueFigure own, DialogueFigure? sequential) =>
        Misses(own.Effects, own.Annotated) || HasMore(own, sequential);

    private static bool Misses(ImmutableArray<string> effects, ImmutableArray<string> wanted) =>
        wanted.Distinct(StringComparer.Ordinal).Any(e => Count(effects, e) < Count(wanted, e));

    private static bool HasMore(DialogueFigure own, DialogueFigure? sequential) =>
        own.Effects.Distinct(StringComparer.Ordinal).Any(e => Count(own.Effects, e) > Math.Max(Count(sequential?.Effects ?? [], e), Count(own.Annotated, e)));

    private static int Count(ImmutableArray<string> effects, string effect) => effects.Count(e => e == effect);
}
