using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Learning;
using ContactCenterAgent.Simulation.PlannerBench;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>Finds wishes and values in the words alone. Of the agent it knows what an agent knows of itself: what it asked for, offered and read back.</summary>
internal sealed class EmbeddedReader : IDialogueReader
{
    private readonly DialogueSlots _slots;
    private readonly WishReader _wishes;
    private readonly ImmutableArray<ServiceDeclaration> _services;
    private readonly ServiceCatalogue _catalogue;
    private readonly Dictionary<int, Known> _before = [];
    private readonly Dictionary<(int, string), DialogueReading> _read = [];

    public EmbeddedReader(RecordedDialogue dialogue, DialogueSlots slots, WishReader wishes, ImmutableArray<ServiceDeclaration> services, ServiceCatalogue catalogue)
    {
        (_slots, _wishes, _services, _catalogue) = (slots, wishes, services, catalogue);
        var known = new Known();
        foreach (var turn in dialogue.Turns)
        {
            if (turn.IsCaller)
            {
                _before[turn.Index] = known;
                known = Hear(known, turn.Text).Known;
            }
            else
            {
                known = Say(known, turn);
            }
        }
    }

    /// <inheritdoc/>
    public DialogueReading Read(StreamedTurn spoken, ReadOnlySpan<string> heard)
    {
        if (heard.IsEmpty) return new();
        var text = string.Join(' ', heard.ToArray().Where(w => w.Length > 0));
        if (_read.TryGetValue((spoken.Turn, text), out var read)) return read;
        var before = _before[spoken.Turn];
        var (known, found) = Hear(before, text);
        var words = heard.ToArray().Select(w => new Word(w, TimeSpan.Zero, TimeSpan.Zero, true)).ToImmutableArray();
        var answer = PlainWords.ReadAnswer(words);

        // A value is settled with the word that completed it.
        var last = heard.Length - 1;
        var earlier = last == 0 ? new() : Read(spoken, heard[..last]);
        var values = known.Values.ToImmutableSortedDictionary(v => v.Key, v => new ReadValue(v.Value, Words(v.Key, v.Value, before, earlier, last)), StringComparer.Ordinal);
        foreach (var (slot, value) in known.Offered) if (!values.ContainsKey(slot)) values = values.Add(slot, new(value, []));
        return _read[(spoken.Turn, text)] = new()
        {
            Wanted = known.Wish is { } wish && _catalogue.Method(wish) is not null ? [wish] : [],
            Values = values,
            Affirmation = answer is Affirmation.Mixed or Affirmation.None && PlainWords.IsYesThenQuestion(words) ? Affirmation.Yes : answer,
            Explained = known.Wish is not null && answer != Affirmation.Mixed && _wishes.Explains(text, found),
            SaidAny = !found.IsEmpty || known.Wish != before.Wish || answer != Affirmation.None,
        };
    }

    private static ImmutableArray<int> Words(string slot, string value, Known before, DialogueReading earlier, int last)
    {
        if (before.Values.GetValueOrDefault(slot) == value) return [];
        return earlier.Values.TryGetValue(slot, out var said) && said.Canonical == value ? said.Words : [last];
    }

    private (Known Known, ImmutableArray<FoundValue> Found) Hear(Known known, string text)
    {
        var first = text.ToLowerInvariant().Split([' ', ',', '.', '!'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var accepted = known.OfferedWish is not null && PlainWords.ReadAnswer([new(first ?? "", TimeSpan.Zero, TimeSpan.Zero, true)]) == Affirmation.Yes;
        var wish = accepted ? known.OfferedWish : _wishes.Of(text) ?? known.Wish;
        var turn = new DialogueTurn
        {
            Text = text,
            Asked = known.Asked,
            Named = known.Named,
            Service = wish?.Split('.')[0] ?? known.Service,
            Filled = [.. known.Values.Keys],
        };
        var found = _slots.Find(turn, _services, CallDialogues.Today);
        var values = found.Aggregate(known.Values, (all, f) => all.SetItem(f.Service + "." + f.Slot, f.Value));
        return (known with { Wish = wish, Service = turn.Service, Values = values }, found);
    }

    private static Known Say(Known known, RecordedTurn turn)
    {
        var named = turn.Acts.Where(a => a.Act is "OFFER" or "INFORM" or "CONFIRM").SelectMany(a => a.Values.Select(v => (a.Slot, v)));
        var offered = turn.Acts.Where(a => a.Act is "OFFER" or "CONFIRM" && !a.Canonical.IsEmpty)
            .Aggregate(known.Offered, (all, a) => all.SetItem(a.Service + "." + a.Slot, a.Canonical[0]));
        return known with
        {
            Asked = [.. turn.Acts.Where(a => a.Act == "REQUEST").Select(a => (a.Service, a.Slot))],
            Named = known.Named.AddRange(named),
            Offered = offered,
            OfferedWish = turn.Acts.Where(a => a.Act == "OFFER_INTENT").SelectMany(a => a.Values.Select(v => a.Service + "." + v)).FirstOrDefault(),
            Service = turn.Acts.Select(a => a.Service).FirstOrDefault(s => s.Length > 0) ?? known.Service,
        };
    }

    private sealed record Known
    {
        public string? Wish { get; init; }

        public string? OfferedWish { get; init; }

        public string? Service { get; init; }

        public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

        public ImmutableSortedDictionary<string, string> Offered { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

        public ImmutableArray<(string Service, string Slot)> Asked { get; init; } = [];

        public ImmutableArray<(string Slot, string Value)> Named { get; init; } = [];
    }
}
