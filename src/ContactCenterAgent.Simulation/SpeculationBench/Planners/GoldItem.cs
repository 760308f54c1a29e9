using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Something that a turn says, with the recorded words that say it. It is known when the last of them has been heard, and not before.</summary>
/// <param name="First">Index of the first recorded word that says it.</param>
/// <param name="Last">Index of the last one.</param>
internal abstract record GoldItem(int First, int Last)
{
    /// <summary>The caller wants a method; <paramref name="Method"/> is <c>service.method</c>.</summary>
    internal sealed record Wish(int First, int Last, string Method) : GoldItem(First, Last);

    /// <summary>The turn was about these methods and no other ones.</summary>
    internal sealed record OnlyThese(int First, int Last, System.Collections.Immutable.ImmutableArray<string> Methods) : GoldItem(First, Last);

    /// <summary>A slot's value; <paramref name="Slot"/> is <c>service.slot</c>.</summary>
    internal sealed record Value(int First, int Last, string Slot, string Canonical) : GoldItem(First, Last);

    /// <summary>A yes or a no to what was read back.</summary>
    internal sealed record Answer(int First, int Last, Affirmation Affirmation) : GoldItem(First, Last);

    /// <summary>A question, thanks, a goodbye: words that no value, wish or yes explains.</summary>
    internal sealed record Other(int First, int Last) : GoldItem(First, Last);
}
