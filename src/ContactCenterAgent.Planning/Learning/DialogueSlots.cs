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

/// <summary>
/// Finds which slots of which service a turn fills, for services that it was never trained on as well: recognisers and a tagger propose values, a
/// ranker gives each to a slot by generic evidence (type, what was asked, words around it that are part of the slot's name, order).
/// </summary>
public sealed class DialogueSlots
{
    private readonly SequenceTagger? _tagger;
    private readonly Ranker _ranker;

    private DialogueSlots(SequenceTagger? tagger, Ranker ranker) => (_tagger, _ranker) = (tagger, ranker);

    private readonly record struct Candidate(int From, int To, ParameterType Type, string Canonical, string Source, string? Slot, string? Service);

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
        turns.Select(t => (t.Turn.Text, (IReadOnlyList<string>)[.. t.Turn.Asked.Select(a => Label(t.Services, a.Service, a.Slot)).Distinct()],
            (IReadOnlyList<FoundSlot>)[.. t.Turn.Gold.Where(g => g.Start >= 0).Select(g => new FoundSlot(Label(t.Services, g.Service, g.Slot), g.Start, g.End, g.Value))])), today);

    /// <summary>The tagger's label: the type, and for free words the last word of the slot's name, which other services use too.</summary>
    private static string Label(ImmutableArray<ServiceDeclaration> services, string service, string slot)
    {
        var type = services.FirstOrDefault(s => s.Name == service)?.Slots.FirstOrDefault(s => s.Name == slot)?.Type ?? ParameterType.Text;
        return type == ParameterType.Text ? "Text" + slot.Split('_')[^1] : type.ToString();
    }

    private static void AddChoices(DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, SequenceTagger tagger, LocalDate today, List<(string[][], int)> choices)
    {
        var text = new SlotText(turn.Text, today);
        var candidates = Candidates(text, turn, services, tagger, today);
        for (var c = 0; c < candidates.Count; c++)
        {
            var options = Options(candidates[c], services).ToList();
            if (options.Count == 0) continue;
            var gold = turn.Gold.FirstOrDefault(g => options.Exists(o => o.Service.Name == g.Service && o.Slot.Name == g.Slot) && Says(text, candidates[c], g));
            var right = gold.Slot is null ? options.Count : options.FindIndex(o => o.Service.Name == gold.Service && o.Slot.Name == gold.Slot);
            choices.Add(([.. options.Select(o => Features(text, candidates, c, o.Service, o.Slot, turn, services)), []], right));
        }
    }

    private static bool Says(SlotText text, Candidate candidate, (string Service, string Slot, int Start, int End, string Value) gold)
    {
        if (gold.Start < 0) return string.Equals(candidate.Canonical, gold.Value, StringComparison.OrdinalIgnoreCase);
        var (start, end) = text.Characters(candidate.From, candidate.To);
        return start < gold.End && gold.Start < end && (candidate.Type != ParameterType.Text && candidate.Type != ParameterType.Place || Math.Abs(start - gold.Start) + Math.Abs(end - gold.End) < 3);
    }

    /// <summary>The slots that a turn fills: each slot once, the last value said of equals.</summary>
    public ImmutableArray<(string Service, string Slot, string Value)> Find(DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, LocalDate today)
    {
        var text = new SlotText(turn.Text, today);
        if (text.Words.Length == 0) return [];
        var candidates = Candidates(text, turn, services, _tagger, today);
        var scored = new List<(float Score, Candidate Value, ServiceDeclaration Service, SlotDeclaration Slot)>();
        for (var c = 0; c < candidates.Count; c++)
            foreach (var (service, slot) in Options(candidates[c], services))
                if (_ranker.Score(Features(text, candidates, c, service, slot, turn, services)) is var score and > 0) scored.Add((score, candidates[c], service, slot));
        var taken = new List<(Candidate Value, string Service, string Slot)>();
        foreach (var (_, value, service, slot) in scored.OrderByDescending(s => s.Score))
        {
            if (taken.Exists(t => t.Value.From < value.To && value.From < t.Value.To) || taken.Exists(t => t.Service == service.Name && t.Slot == slot.Name)) continue;
            taken.Add((value, service.Name, slot.Name));
        }

        return [.. taken.Select(t => (t.Service, t.Slot, t.Value.Type == ParameterType.Place ? PlaceNames.Usual(t.Value.Canonical) : t.Value.Canonical))];
    }

    private static IEnumerable<(ServiceDeclaration Service, SlotDeclaration Slot)> Options(Candidate candidate, ImmutableArray<ServiceDeclaration> services)
    {
        foreach (var service in services)
            foreach (var slot in service.Slots)
                if (candidate.Slot is null ? Fits(candidate.Type, slot.Type) : candidate.Slot == slot.Name && (candidate.Service is null || candidate.Service == service.Name)) yield return (service, slot);
    }

    private static bool Fits(ParameterType said, ParameterType wanted) => said == wanted
        || (said == ParameterType.Number && wanted is ParameterType.Money or ParameterType.Count) || (said == ParameterType.Text && wanted == ParameterType.PersonName);

    private static List<Candidate> Candidates(SlotText text, DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, SequenceTagger? tagger, LocalDate today)
    {
        var found = new List<Candidate>();
        foreach (var value in text.Values.Where(v => v.Complete))
        {
            var (from, to) = text.WordsOf(value);
            var said = value.Canonical;
            if (value.Type == ParameterType.Money) found.Add(new(from, to, ParameterType.Money, said.Split(' ')[0].TrimEnd('0').TrimEnd('.'), "money", null, null));
            else if (value.Type is ParameterType.Date or ParameterType.Time or ParameterType.Count or ParameterType.Number or ParameterType.Phone or ParameterType.Email or ParameterType.Postcode or ParameterType.DateOfBirth)
                found.Add(new(from, to, value.Type, said, (value.Bare ? "bare" : "sure") + value.Type, null, null));
            else if (value.Type == ParameterType.Duration && said.EndsWith('D') && int.TryParse(said[1..^1], out var days))
                found.Add(new(from, to, ParameterType.Count, days.ToString(), "days", null, null));
        }

        AddDaysOfRanges(text, today, found);
        AddBooleans(text, services, found);
        AddChoiceWords(text, services, found);
        foreach (var (slot, value) in turn.Named.Distinct()) AddNamed(text, slot, value, found);
        if (tagger is null) return AddPlaces(text, found);
        foreach (var span in new SlotFinder([], tagger).Find(turn.Text, [.. turn.Asked.Select(a => Label(services, a.Service, a.Slot)).Distinct()], today))
        {
            var type = span.Slot.StartsWith("Text", StringComparison.Ordinal) ? ParameterType.Text : Enum.TryParse<ParameterType>(span.Slot, out var parsed) ? parsed : ParameterType.Text;
            if (type is not (ParameterType.Text or ParameterType.Place or ParameterType.PersonName)) continue;
            var from = Array.FindIndex(text.Words, w => w.End > span.Start);
            var to = Array.FindLastIndex(text.Words, w => w.Start < span.End) + 1;
            if (from >= 0 && to > from) found.Add(new(from, to, type, turn.Text[span.Start..span.End], "tag" + span.Slot, null, null));
        }

        return found;
    }

    /// <summary>"until the 9th", "from the 10th to the 12th": the days themselves.</summary>
    private static void AddDaysOfRanges(SlotText text, LocalDate today, List<Candidate> found)
    {
        foreach (var range in text.Values.Where(v => v.Type == ParameterType.DateRange))
        {
            for (var i = range.From; i < range.To; i++)
            {
                if (DateReader.Day(text.Tokens, i, today) is not var (day, next, _) || next > range.To) continue;
                found.Add(new(text.Tokens[i].Word, text.Tokens[next - 1].Word + 1, ParameterType.Date, DateReader.Canonical(day), "range", null, null));
                i = next - 1;
            }
        }
    }

    /// <summary>A yes-or-no slot is named by the words of its name ("a unisex salon", "with wifi").</summary>
    private static void AddBooleans(SlotText text, ImmutableArray<ServiceDeclaration> services, List<Candidate> found)
    {
        foreach (var service in services)
            foreach (var slot in service.Slots.Where(s => s.Type == ParameterType.Boolean))
                foreach (var name in slot.Name.Split('_').Where(n => n.Length > 3 && n is not ("allowed" or "welcome" or "offers" or "serves" or "services")).Select(Lexicon.Stem))
                    for (var i = 0; i < text.Words.Length; i++)
                        if (Lexicon.Stem(text.Word(i)) == name) found.Add(new(i, i + 1, ParameterType.Boolean, "True", "flag", slot.Name, service.Name));
    }

    private static List<Candidate> AddPlaces(SlotText text, List<Candidate> found)
    {
        foreach (var value in text.Values.Where(v => v.Type == ParameterType.Place))
            if (text.WordsOf(value) is var (from, to)) found.Add(new(from, to, ParameterType.Place, value.Canonical, "place", null, null));
        return found;
    }

    private static void AddChoiceWords(SlotText text, ImmutableArray<ServiceDeclaration> services, List<Candidate> found)
    {
        var stems = text.Tokens.Select(t => ChoiceReader.Stem(t.Text)).ToArray();
        foreach (var service in services)
        {
            foreach (var slot in service.Slots.Where(s => s.Type == ParameterType.Choice))
            {
                var values = new List<ValueSpan>();
                new ChoiceReader(slot.Values, 0).Read(text.Tokens, stems, values);
                foreach (var value in values)
                    if (text.WordsOf(value) is var (from, to)) found.Add(new(from, to, ParameterType.Choice, value.Canonical, value.Bare ? "part" : "choice", slot.Name, service.Name));
            }
        }
    }

    /// <summary>A value that the agent named, said back by the caller.</summary>
    private static void AddNamed(SlotText text, string slot, string value, List<Candidate> found)
    {
        var words = value.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',')).ToArray();
        for (var i = 0; words.Length > 0 && i + words.Length <= text.Words.Length; i++)
        {
            var same = true;
            for (var j = 0; j < words.Length && same; j++) same = text.Word(i + j) == words[j];
            if (same) found.Add(new(i, i + words.Length, ParameterType.Text, value, "named", slot, null));
        }
    }

    private static string[] Features(SlotText text, List<Candidate> candidates, int at, ServiceDeclaration service, SlotDeclaration slot, DialogueTurn turn, ImmutableArray<ServiceDeclaration> services)
    {
        var value = candidates[at];
        var source = value.Source;
        var names = slot.Name.Split('_');
        var asked = turn.Asked.Contains((service.Name, slot.Name));
        var askedType = turn.Asked.Any(a => services.Any(s => s.Name == a.Service && s.Slots.Any(d => d.Name == a.Slot && d.Type == slot.Type)));
        var about = turn.Service is null ? "unknown" : turn.Service == service.Name ? "same" : "other";
        var used = service.Methods.Values.Any(m => m.Contains(slot.Name));
        var peers = service.Slots.Where(s => s.Type == slot.Type && service.Methods.Values.Any(m => m.Contains(s.Name))).Select(s => s.Name).ToList();
        var order = candidates.Take(at).Count(c => c.Type == value.Type && c.To <= value.From);
        var question = asked ? "asked" : askedType ? "askedpeer" : turn.Asked.Length > 0 ? "askedelse" : "open";
        var filled = turn.Filled.Contains(service.Name + "." + slot.Name);
        var features = new List<string>(64)
        {
            "src=" + source, "q=" + question + source, "svc=" + about, "svcq=" + about + question, "used=" + used, "type=" + slot.Type + used, "one=" + (peers.Count <= 1) + source, "filled=" + filled + question,
            "order=" + Math.Min(order, 2) + "|" + peers.IndexOf(slot.Name) + "of" + peers.Count, "whole=" + (value.To - value.From == text.Words.Length) + question,
            "orderfilled=" + Math.Min(order, 2) + filled + string.Join(',', peers.Select(p => turn.Filled.Contains(service.Name + "." + p) ? 1 : 0)) + peers.IndexOf(slot.Name),
        };
        if (source.StartsWith("tagText", StringComparison.Ordinal)) features.Add("taglabel=" + (names[^1] == source[7..]));
        foreach (var name in names) features.Add("n=" + name + source);
        foreach (var name in names) features.Add("qn=" + question + name);
        var said = names.Concat(slot.Description.ToLowerInvariant().Split(' ').Where(Lexicon.IsContent)).Select(Lexicon.Stem).ToHashSet(StringComparer.Ordinal);
        for (var back = 1; back <= 5; back++)
        {
            var i = value.From - back;
            if (i < 0) break;
            var word = text.Word(i);
            if (said.Contains(Lexicon.Stem(word))) features.Add("namedbefore" + Math.Min(back, 3));
            if (back > 4) continue;
            foreach (var name in names) features.Add((back <= 1 ? "p1=" : "p=") + word + "|" + name);
        }

        for (var ahead = 0; ahead < 3; ahead++)
        {
            var i = value.To + ahead;
            if (i >= text.Words.Length) break;
            var word = text.Word(i);
            if (said.Contains(Lexicon.Stem(word))) features.Add("namedafter" + ahead);
            foreach (var name in names) features.Add((ahead == 0 ? "f1=" : "f=") + word + "|" + name);
        }

        features.Add("front=" + (Numbers.Digit(text.Word(value.From)) is not null ? "digit" : text.Word(value.From) is "a" or "an" or "the" ? text.Word(value.From) : "") + source);
        for (var i = value.From; i < value.To; i++)
            if (said.Contains(Lexicon.Stem(text.Word(i)))) features.Add("namedwithin");
        return [.. features];
    }

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
