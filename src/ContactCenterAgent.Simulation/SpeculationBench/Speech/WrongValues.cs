using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>What callers say for each slot of each service: where a value that is wrong in one dialogue comes from.</summary>
internal sealed class WrongValues
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<Saying>> _bySlot;

    private WrongValues(ImmutableSortedDictionary<string, ImmutableArray<Saying>> bySlot) => _bySlot = bySlot;

    /// <summary>No values: nothing is said wrongly.</summary>
    public static WrongValues None { get; } = new(ImmutableSortedDictionary<string, ImmutableArray<Saying>>.Empty);

    /// <summary>Every annotated span of a caller with its canonical value. The order of the dialogues does not matter.</summary>
    public static WrongValues Of(IEnumerable<RecordedDialogue> dialogues)
    {
        var found =
            from dialogue in dialogues
            from turn in dialogue.Turns
            where turn.IsCaller
            from frame in turn.Frames
            from span in frame.Spans
            from canonical in Canonical(frame, span)
            select (Key: Key(frame.Service, span.Slot), Saying: new Saying(span.Value, canonical));
        return new(found.GroupBy(f => f.Key, f => f.Saying, StringComparer.Ordinal).ToImmutableSortedDictionary(
            g => g.Key,
            g => g.Distinct().OrderBy(s => s.Canonical, StringComparer.Ordinal).ThenBy(s => s.Text, StringComparer.Ordinal).ToImmutableArray(),
            StringComparer.Ordinal));
    }

    /// <summary>Another value of a span's slot than the turn itself names; null where the slot has none.</summary>
    /// <param name="frame">The frame of the span.</param>
    /// <param name="span">The true value.</param>
    /// <param name="pick">Chooses one of so many.</param>
    public Saying? Other(RecordedFrame frame, RecordedSpan span, Func<int, int> pick)
    {
        if (!_bySlot.TryGetValue(Key(frame.Service, span.Slot), out var all)) return null;
        var named = frame.Acts.Where(a => a.Slot == span.Slot).SelectMany(a => a.Values.Concat(a.Canonical)).Append(span.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = all.Where(s => !named.Contains(s.Canonical) && !named.Contains(s.Text) && !Overlap(s.Text, span.Value)).ToList();
        return others.Count == 0 ? null : others[pick(others.Count)];
    }

    private static string Key(string service, string slot) => service + "|" + slot;

    /// <summary>"New York" and "New York City" are no two values to a listener.</summary>
    private static bool Overlap(string one, string other) =>
        one.Contains(other, StringComparison.OrdinalIgnoreCase) || other.Contains(one, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Canonical(RecordedFrame frame, RecordedSpan span) =>
        frame.Acts.Where(a => a.Slot == span.Slot).SelectMany(a => a.Values.Zip(a.Canonical)).Where(v => v.First == span.Value).Select(v => v.Second).Take(1);

    /// <summary>A value as said and as the back end knows it.</summary>
    internal sealed record Saying(string Text, string Canonical);
}
