using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>A service's slots and which of them its methods take.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">All of them.</param>
/// <param name="Methods">Arguments by method.</param>
public sealed record ServiceDeclaration(string Name, ImmutableArray<SlotDeclaration> Slots, ImmutableSortedDictionary<string, ImmutableArray<string>> Methods);

/// <summary>A caller's turn as the reader of a dialogue sees it.</summary>
public sealed record DialogueTurn
{
    /// <summary>The words.</summary>
    public required string Text { get; init; }

    /// <summary>What the agent had just asked for: service and slot.</summary>
    public ImmutableArray<(string Service, string Slot)> Asked { get; init; } = [];

    /// <summary>Values that the agent has named so far: slot and value.</summary>
    public ImmutableArray<(string Slot, string Value)> Named { get; init; } = [];

    /// <summary>The service that the turn is about; null = unknown.</summary>
    public string? Service { get; init; }

    /// <summary>Slots that are filled already, <c>service.slot</c>.</summary>
    public ImmutableHashSet<string> Filled { get; init; } = [];

    /// <summary>What the turn really says, for training: service, slot, characters (start = end = -1 where it is not a span) and canonical value.</summary>
    public ImmutableArray<(string Service, string Slot, int Start, int End, string Value)> Gold { get; init; } = [];
}

/// <summary>A value that was found in a turn.</summary>
/// <param name="Service">Whose slot it fills.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Value">As tools take it.</param>
/// <param name="Start">First character of the words that say it.</param>
/// <param name="End">The character after them.</param>
public readonly record struct FoundValue(string Service, string Slot, string Value, int Start, int End);

/// <summary>
/// Finds which slots of which service a turn fills, for services that it was never trained on as well: recognisers and a tagger propose values, a
/// ranker gives each to a slot by generic evidence (type, what was asked, words around it that are part of the slot's name, order).
/// </summary>
public sealed class DialogueSlots
{
    private readonly SequenceTagger? _tagger;
    private readonly Ranker _ranker;

    private DialogueSlots(SequenceTagger? tagger, Ranker ranker) => (_tagger, _ranker) = (tagger, ranker);

    /// <summary>Learns from turns with gold.</summary>
    /// <param name="turns">Turns with the services of their dialogue.</param>
    /// <param name="today">The day of the dialogues.</param>
    public static DialogueSlots Train(IReadOnlyList<(DialogueTurn Turn, ImmutableArray<ServiceDeclaration> Services)> turns, LocalDate today)
    {
        var half = turns.Count / 2;
        var first = Tagger(turns.Take(half), today);
        var second = Tagger(turns.Skip(half), today);

        // The ranker must see the tagger as it is on words that it was not trained on.
        var choices = new List<(string[][], int)>();
        for (var i = 0; i < turns.Count; i++) AddChoices(turns[i].Turn, turns[i].Services, i < half ? second : first, today, choices);
        return new(Tagger(turns, today), Ranker.Train(choices));
    }

    private static SequenceTagger Tagger(IEnumerable<(DialogueTurn Turn, ImmutableArray<ServiceDeclaration> Services)> turns, LocalDate today) => SlotFinder.Train(
        turns.Select(t => (t.Turn.Text, (IReadOnlyList<string>)[.. t.Turn.Asked.Select(a => SlotCandidates.Label(t.Services, a.Service, a.Slot)).Distinct()],
            (IReadOnlyList<FoundSlot>)[.. t.Turn.Gold.Where(g => g.Start >= 0).Select(g => new FoundSlot(SlotCandidates.Label(t.Services, g.Service, g.Slot), g.Start, g.End, g.Value))])), today);

    private static void AddChoices(DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, SequenceTagger tagger, LocalDate today, List<(string[][], int)> choices)
    {
        var text = new SlotText(turn.Text, today);
        var candidates = SlotCandidates.Of(text, turn, services, tagger, today);
        for (var c = 0; c < candidates.Count; c++)
        {
            var options = Options(candidates[c], services).ToList();
            if (options.Count == 0) continue;
            var gold = turn.Gold.FirstOrDefault(g => options.Exists(o => o.Service.Name == g.Service && o.Slot.Name == g.Slot) && Says(text, candidates[c], g));
            var right = gold.Slot is null ? options.Count : options.FindIndex(o => o.Service.Name == gold.Service && o.Slot.Name == gold.Slot);
            choices.Add(([.. options.Select(o => SlotEvidence.Of(text, candidates, c, o.Service, o.Slot, turn, services)), []], right));
        }
    }

    private static bool Says(SlotText text, SlotCandidate candidate, (string Service, string Slot, int Start, int End, string Value) gold)
    {
        if (gold.Start < 0) return string.Equals(candidate.Canonical, gold.Value, StringComparison.OrdinalIgnoreCase);
        var (start, end) = text.Characters(candidate.From, candidate.To);
        return start < gold.End && gold.Start < end && (candidate.Type != ParameterType.Text && candidate.Type != ParameterType.Place || Math.Abs(start - gold.Start) + Math.Abs(end - gold.End) < 3);
    }

    /// <summary>The slots that a turn fills: each slot once, the last value said of equals.</summary>
    public ImmutableArray<FoundValue> Find(DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, LocalDate today)
    {
        var text = new SlotText(turn.Text, today);
        if (text.Words.Length == 0) return [];
        var candidates = SlotCandidates.Of(text, turn, services, _tagger, today);
        var scored = new List<(float Score, SlotCandidate Value, ServiceDeclaration Service, SlotDeclaration Slot)>();
        for (var c = 0; c < candidates.Count; c++)
            foreach (var (service, slot) in Options(candidates[c], services))
                if (_ranker.Score(SlotEvidence.Of(text, candidates, c, service, slot, turn, services)) is var score and > 0) scored.Add((score, candidates[c], service, slot));
        var taken = new List<(SlotCandidate Value, string Service, string Slot)>();
        foreach (var (_, value, service, slot) in scored.OrderByDescending(s => s.Score))
        {
            if (taken.Exists(t => t.Value.From < value.To && value.From < t.Value.To) || taken.Exists(t => t.Service == service.Name && t.Slot == slot.Name)) continue;
            taken.Add((value, service.Name, slot.Name));
        }

        return [.. taken.Select(t => Found(text, t.Value, t.Service, t.Slot))];
    }

    private static FoundValue Found(SlotText text, SlotCandidate value, string service, string slot)
    {
        var (start, end) = text.Characters(value.From, value.To);
        return new(service, slot, value.Type == ParameterType.Place ? PlaceNames.Usual(value.Canonical) : value.Canonical, start, end);
    }

    private static IEnumerable<(ServiceDeclaration Service, SlotDeclaration Slot)> Options(SlotCandidate candidate, ImmutableArray<ServiceDeclaration> services)
    {
        foreach (var service in services)
            foreach (var slot in service.Slots)
                if (candidate.Slot is null ? Fits(candidate.Type, slot.Type) : candidate.Slot == slot.Name && (candidate.Service is null || candidate.Service == service.Name)) yield return (service, slot);
    }

    private static bool Fits(ParameterType said, ParameterType wanted) => said == wanted
        || (said == ParameterType.Number && wanted is ParameterType.Money or ParameterType.Count) || (said == ParameterType.Text && wanted == ParameterType.PersonName);

    /// <summary>Writes the tagger's weights and the ranker's to a folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        using (var tagger = new StreamWriter(Path.Combine(folder, "tagger.tsv"))) _tagger?.Save(tagger);
        using var ranker = new StreamWriter(Path.Combine(folder, "ranker.tsv"));
        _ranker.Save(ranker);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A file is of another form.</exception>
    public static DialogueSlots Load(string folder)
    {
        using var tagger = new StreamReader(Path.Combine(folder, "tagger.tsv"));
        using var ranker = new StreamReader(Path.Combine(folder, "ranker.tsv"));
        return new(SequenceTagger.Load(tagger), Ranker.Load(ranker));
    }
}
