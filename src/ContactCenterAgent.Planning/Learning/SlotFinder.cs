using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>
/// Finds declared slots in one utterance: with a trained tagger, or from the recognisers alone where none was trained for these slots.
/// Thread-safe.
/// </summary>
public sealed class SlotFinder
{
    private readonly ImmutableArray<SlotDeclaration> _slots;
    private readonly SequenceTagger? _tagger;

    /// <param name="slots">What to look for.</param>
    /// <param name="tagger">Trained for slots of these names; null = the recognisers alone.</param>
    public SlotFinder(ImmutableArray<SlotDeclaration> slots, SequenceTagger? tagger = null) => (_slots, _tagger) = (slots, tagger);

    /// <summary>A tagger for these slots, from labelled utterances.</summary>
    public static SequenceTagger Train(IEnumerable<(string Text, IReadOnlyList<string> Asked, IReadOnlyList<FoundSlot> Slots)> utterances, LocalDate today)
    {
        var sentences = new List<(string[][], string[])>();
        foreach (var (said, asked, slots) in utterances)
        {
            var text = new SlotText(said, today);
            var labels = Enumerable.Repeat("O", text.Words.Length).ToArray();
            foreach (var slot in slots)
            {
                var first = true;
                for (var i = 0; i < labels.Length; i++)
                {
                    if (text.Words[i].Start >= slot.End || text.Words[i].End <= slot.Start || labels[i] != "O") continue;
                    labels[i] = (first ? "B-" : "I-") + slot.Slot;
                    first = false;
                }
            }

            for (var i = 0; i < labels.Length; i++) if (labels[i][0] == 'I' && (i == 0 || labels[i - 1][1..] != labels[i][1..])) labels[i] = "B" + labels[i][1..];
            sentences.Add((WordFeatures.Of(text, asked), labels));
        }

        return SequenceTagger.Train(sentences);
    }

    /// <summary>The slots that the words fill, in order of the words.</summary>
    public ImmutableArray<FoundSlot> Find(string said, IReadOnlyList<string> asked, LocalDate today)
    {
        var text = new SlotText(said, today);
        return text.Words.Length == 0 ? [] : _tagger is null ? FromValues(text, asked) : FromTags(text, asked);
    }

    /// <summary>What each place further down a recogniser's list is worth, against the one above it.</summary>
    private const double RankWeight = 0.5;

    /// <summary>
    /// The slots that an utterance fills, from all its readings: those of the best, and for what was asked the value that most readings speak for, each place down the list
    /// counting half. A value that only a rival says covers the whole of the best reading.
    /// </summary>
    /// <param name="readings">Best first; at least one.</param>
    /// <param name="asked">Slots that were asked for.</param>
    /// <param name="today">The day on which it is said.</param>
    public ImmutableArray<FoundSlot> Find(IReadOnlyList<string> readings, IReadOnlyList<string> asked, LocalDate today)
    {
        var best = Find(readings[0], asked, today);
        if (asked.Count == 0 || readings.Count == 1) return best;
        var votes = new Dictionary<(string Slot, string Value), (FoundSlot Found, double Weight)>();
        var weight = 1.0;
        for (var rank = 0; rank < readings.Count; rank++, weight *= RankWeight)
        {
            foreach (var found in rank == 0 ? best : Find(readings[rank], asked, today))
            {
                if (!asked.Contains(found.Slot)) continue;
                var own = rank == 0 ? found : found with { Start = 0, End = readings[0].Length, Confidence = found.Confidence * (0.5 + weight / 2) };
                votes[(found.Slot, found.Value)] = votes.TryGetValue((found.Slot, found.Value), out var known) ? (known.Found, known.Weight + weight * found.Confidence) : (own, weight * found.Confidence);
            }
        }

        var chosen = votes.Values.GroupBy(v => v.Found.Slot).Select(g => g.MaxBy(v => v.Weight).Found).ToList();
        return [.. best.Where(f => !asked.Contains(f.Slot)).Concat(chosen).OrderBy(f => f.Start)];
    }

    private ImmutableArray<FoundSlot> FromTags(SlotText text, IReadOnlyList<string> asked)
    {
        var tags = _tagger!.Tag(WordFeatures.Of(text, asked));
        var found = ImmutableArray.CreateBuilder<FoundSlot>();
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i][0] != 'B') continue;
            var to = i + 1;
            while (to < tags.Length && tags[to][0] == 'I') to++;
            found.Add(Found(text, tags[i][2..], i, to));
        }

        return found.ToImmutable();
    }

    private FoundSlot Found(SlotText text, string slot, int from, int to)
    {
        var (start, end) = text.Characters(from, to);
        var type = _slots.FirstOrDefault(s => s.Name == slot)?.Type;
        var value = text.Values.Where(v => v.Complete && Fits(v.Type, type) && text.WordsOf(v) is var (a, b) && a < to && b > from).OrderByDescending(v => v.Length).FirstOrDefault();
        return new(slot, start, end, value.Canonical is { Length: > 0 } canonical && type != ParameterType.PersonName ? canonical : text.Text[start..end]);
    }

    private static bool Fits(ParameterType said, ParameterType? wanted) =>
        said == wanted || (wanted == ParameterType.Date && said == ParameterType.DateRange) || (wanted == ParameterType.DateRange && said == ParameterType.Date)
        || (wanted == ParameterType.Time && said == ParameterType.TimeRange) || (wanted == ParameterType.TimeRange && said == ParameterType.Time);

    /// <summary>Without a tagger: the recognisers' values, the surest first, each to the slot of its type; bare ones only where they were asked for.</summary>
    private ImmutableArray<FoundSlot> FromValues(SlotText text, IReadOnlyList<string> asked)
    {
        var chosen = new List<(ValueSpan Value, SlotDeclaration Slot, double Score)>();
        var ranked = text.Values.Where(v => v.Complete)
            .SelectMany(v => _slots.Where(s => Fits(v.Type, s.Type)).Select(s => (Value: v, Slot: s, Score: v.Confidence + 0.04 * v.Length + (asked.Contains(s.Name) ? AskedScore : 0) - (!v.Bare ? 0 : v.Type == ParameterType.Time ? 0.2 : 0.05))))
            .Where(c => c.Score > 0.33).OrderByDescending(c => c.Score);
        foreach (var (value, slot, score) in ranked)
            if (!chosen.Exists(c => c.Value.Overlaps(value))) chosen.Add((value, slot, score));
        var found = new List<FoundSlot>();
        foreach (var (value, slot, score) in chosen)
        {
            var (from, to) = text.WordsOf(value);
            if (slot.Type == ParameterType.PersonName) AddName(found, text, from, to, score);
            else found.Add(Scored(Found(text, slot.Name, Trimmed(text, from, to), Shortened(text, from, to)), slot.Type, score));
        }

        if (asked.Count > 0 && !found.Exists(f => asked.Contains(f.Slot)) && _slots.Any(s => asked.Contains(s.Name) && s.Type == ParameterType.PersonName)
            && NameReader.Bare(text.Tokens, text.Values) is { } bare && text.WordsOf(bare) is var (a, b))
            AddName(found, text, a, b, bare.Confidence + AskedScore);
        return [.. found.OrderBy(f => f.Start)];
    }

    /// <summary>What a value gains that was asked for.</summary>
    private const double AskedScore = 0.5;

    private static FoundSlot Scored(FoundSlot found, ParameterType type, double score) => found with { Score = score, Confidence = SlotCalibration.Counted.Of(type, score) };

    /// <summary>The preposition before a value is no part of it.</summary>
    private static int Trimmed(SlotText text, int from, int to)
    {
        while (from + 1 < to && text.Word(from) is "at" or "on" or "for" or "around" or "about" or "the" or "by") from++;
        return from;
    }

    /// <summary>Nor are "of us" behind a count and "in the morning" behind a time.</summary>
    private static int Shortened(SlotText text, int from, int to)
    {
        if (to - from >= 3 && text.Word(to - 2) is "of" && text.Word(to - 1) is "us") return to - 2;
        return to - from >= 4 && text.Word(to - 3) is "in" && text.Word(to - 2) is "the" ? to - 3 : to;
    }

    /// <summary>A name goes whole to one slot, or its parts to two: the first word and the rest.</summary>
    private void AddName(List<FoundSlot> found, SlotText text, int from, int to, double score)
    {
        var names = _slots.Where(s => s.Type == ParameterType.PersonName).ToList();
        if (names.Count < 2)
        {
            found.Add(Scored(Found(text, names[0].Name, from, to), ParameterType.PersonName, score));
            return;
        }

        found.Add(Scored(Found(text, names[0].Name, from, from + 1), ParameterType.PersonName, score));
        if (to > from + 1) found.Add(Scored(Found(text, names[1].Name, from + 1, to), ParameterType.PersonName, score));
    }
}
