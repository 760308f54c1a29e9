using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>A value that could fill a slot.</summary>
/// <param name="From">First word.</param>
/// <param name="To">First word after it.</param>
/// <param name="Type">What it is.</param>
/// <param name="Canonical">Its value.</param>
/// <param name="Source">Who proposes it.</param>
/// <param name="Slot">The only slot that it can fill; null = any of its type.</param>
/// <param name="Service">The only service; null = any.</param>
internal readonly record struct SlotCandidate(int From, int To, ParameterType Type, string Canonical, string Source, string? Slot, string? Service);

/// <summary>What in a turn could fill a slot: values of the recognisers, words of choices, what the agent had named, and what the tagger marks.</summary>
internal static class SlotCandidates
{
    /// <summary>The tagger's label: the type, and for free words the last word of the slot's name, which other services use too.</summary>
    public static string Label(ImmutableArray<ServiceDeclaration> services, string service, string slot)
    {
        var type = services.FirstOrDefault(s => s.Name == service)?.Slots.FirstOrDefault(s => s.Name == slot)?.Type ?? ParameterType.Text;
        return type == ParameterType.Text ? "Text" + slot.Split('_')[^1] : type.ToString();
    }

    public static List<SlotCandidate> Of(SlotText text, DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, SequenceTagger? tagger, LocalDate today)
    {
        var found = new List<SlotCandidate>();
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

        AddAnswers(text, turn, services, found);
        return found;
    }

    /// <summary>"until the 9th", "from the 10th to the 12th": the days themselves.</summary>
    private static void AddDaysOfRanges(SlotText text, LocalDate today, List<SlotCandidate> found)
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

    private const int AnswerMax = 6;

    /// <summary>A free slot that was asked for, and that nothing else answers: the first words that could be a name, up to one that could not.</summary>
    private static void AddAnswers(SlotText text, DialogueTurn turn, ImmutableArray<ServiceDeclaration> services, List<SlotCandidate> found)
    {
        bool IsFree(int i) => i < text.Words.Length && text.Word(i) is { Length: > 1 } word && Lexicon.IsContent(word) && !Lexicon.Common.Contains(word) && !found.Exists(f => f.From <= i && i < f.To);
        foreach (var (service, slot) in turn.Asked)
        {
            if (services.FirstOrDefault(s => s.Name == service)?.Slots.FirstOrDefault(s => s.Name == slot)?.Type is not (ParameterType.Text or ParameterType.PersonName or ParameterType.Place)) continue;
            var from = 0;
            while (from < text.Words.Length && !IsFree(from)) from++;
            if (from == text.Words.Length) continue;
            var to = from + 1;
            while (to - from < AnswerMax && IsFree(to) && text.Raw(to - 1)[^1] is not (',' or '.' or '?' or '!')) to++;
            var (start, end) = text.Characters(from, to);
            found.Add(new(from, to, ParameterType.Text, text.Text[start..end], "answer", slot, service));
        }
    }

    /// <summary>A yes-or-no slot is named by the words of its name ("a unisex salon", "with wifi").</summary>
    private static void AddBooleans(SlotText text, ImmutableArray<ServiceDeclaration> services, List<SlotCandidate> found)
    {
        foreach (var service in services)
            foreach (var slot in service.Slots.Where(s => s.Type == ParameterType.Boolean))
                foreach (var name in slot.Name.Split('_').Where(n => n.Length > 3 && n is not ("allowed" or "welcome" or "offers" or "serves" or "services")).Select(Lexicon.Stem))
                    for (var i = 0; i < text.Words.Length; i++)
                        if (Lexicon.Stem(text.Word(i)) == name) found.Add(new(i, i + 1, ParameterType.Boolean, "True", "flag", slot.Name, service.Name));
    }

    private static List<SlotCandidate> AddPlaces(SlotText text, List<SlotCandidate> found)
    {
        foreach (var value in text.Values.Where(v => v.Type == ParameterType.Place))
            if (text.WordsOf(value) is var (from, to)) found.Add(new(from, to, ParameterType.Place, value.Canonical, "place", null, null));
        return found;
    }

    private static void AddChoiceWords(SlotText text, ImmutableArray<ServiceDeclaration> services, List<SlotCandidate> found)
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
    private static void AddNamed(SlotText text, string slot, string value, List<SlotCandidate> found)
    {
        var words = value.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',')).ToArray();
        for (var i = 0; words.Length > 0 && i + words.Length <= text.Words.Length; i++)
        {
            var same = true;
            for (var j = 0; j < words.Length && same; j++) same = text.Word(i + j) == words[j];
            if (same) found.Add(new(i, i + words.Length, ParameterType.Text, value, "named", slot, null));
        }
    }
}
