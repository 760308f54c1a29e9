using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>
/// Understands every word and no word before it is said: the bound of what an engine can make of good ears. It does not know that a turn will end,
/// nor which wishes lead to no call. A word that was misheard gives a wrong value.
/// </summary>
internal sealed class GoldReader : IDialogueReader
{
    private readonly ImmutableArray<ImmutableArray<GoldItem>> _items;
    private readonly ImmutableArray<DialogueReading> _before;
    private readonly ImmutableArray<RecordedTurn> _turns;

    public GoldReader(RecordedDialogue dialogue, ServiceCatalogue services)
        : this(dialogue, GoldAnnotation.Of(dialogue, services))
    {
    }

    internal GoldReader(RecordedDialogue dialogue, ImmutableArray<ImmutableArray<GoldItem>> items)
    {
        (_turns, _items) = (dialogue.Turns, items);
        var before = ImmutableArray.CreateBuilder<DialogueReading>(_items.Length);
        var reading = new DialogueReading();
        foreach (var turn in _items)
        {
            before.Add(reading);
            reading = Carry(turn.Aggregate(Begin(reading), (r, item) => Take(r, item, [], item)));
        }

        _before = before.ToImmutable();
    }

    /// <inheritdoc/>
    public DialogueReading Read(StreamedTurn spoken, ReadOnlySpan<string> heard)
    {
        var reading = Begin(_before[spoken.Turn]);
        var streamed = Streamed(spoken, _turns[spoken.Turn].Words.Length);
        var said = new List<(int Last, ImmutableArray<int> Words, GoldItem Item)>();
        foreach (var wrong in spoken.Taken) said.Add((wrong.Last, Range(wrong.First, wrong.Last), new GoldItem.Value(0, 0, $"{wrong.Service}.{wrong.Slot}", wrong.Canonical)));
        foreach (var item in _items[spoken.Turn])
        {
            var words = Range(item.First, item.Last).Select(w => streamed[w]).Where(w => w >= 0).ToImmutableArray();
            said.Add((words.IsEmpty ? spoken.Words.Length - 1 : words[^1], words, item));
        }

        foreach (var (last, words, item) in said.OrderBy(s => s.Last))
        {
            if (last >= heard.Length) break;
            reading = Take(reading, item, words, Misheard(item, spoken, words, heard));
        }

        return reading;
    }

    // The words of the turn before say nothing new in this one.
    private static DialogueReading Begin(DialogueReading before) => before with { Affirmation = Affirmation.None, Explained = true, SaidAny = false };

    private static DialogueReading Carry(DialogueReading reading) =>
        reading with { Values = reading.Values.ToImmutableSortedDictionary(v => v.Key, v => new ReadValue(v.Value.Canonical, []), StringComparer.Ordinal) };

    private static DialogueReading Take(DialogueReading reading, GoldItem item, ImmutableArray<int> words, GoldItem asHeard)
    {
        reading = reading with { SaidAny = true };
        return asHeard switch
        {
            GoldItem.Wish wish => reading with { Wanted = reading.Wanted.Contains(wish.Method) ? reading.Wanted : reading.Wanted.Add(wish.Method) },
            GoldItem.OnlyThese these => reading with { Wanted = these.Methods },
            GoldItem.Value value => reading with { Values = reading.Values.SetItem(value.Slot, new(value.Canonical, words)) },
            GoldItem.Answer answer => reading with { Affirmation = answer.Affirmation },
            _ => reading with { Explained = false },
        };
    }

    private static GoldItem Misheard(GoldItem item, StreamedTurn spoken, ImmutableArray<int> words, ReadOnlySpan<string> heard)
    {
        if (item is not GoldItem.Value value) return item;
        var wrong = "";
        foreach (var word in words) if (heard[word] != spoken.Words[word].Text) wrong += "~" + heard[word];
        return wrong.Length == 0 ? item : value with { Canonical = value.Canonical + wrong };
    }

    private static int[] Streamed(StreamedTurn spoken, int words)
    {
        var streamed = new int[words];
        Array.Fill(streamed, -1);
        for (var i = 0; i < spoken.Words.Length; i++) if (spoken.Words[i].Source >= 0) streamed[spoken.Words[i].Source] = i;
        return streamed;
    }

    private static ImmutableArray<int> Range(int first, int last) => [.. Enumerable.Range(first, last - first + 1)];
}
