using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>A slot to be found in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it means.</param>
/// <param name="Values">The values of a choice; empty otherwise.</param>
/// <param name="Description">What it is, in words.</param>
public sealed record SlotDeclaration(string Name, ParameterType Type, ImmutableArray<ChoiceValue> Values, string Description);

/// <summary>A slot found in words.</summary>
/// <param name="Slot">The slot's name.</param>
/// <param name="Start">First character in the text.</param>
/// <param name="End">First character after it.</param>
/// <param name="Value">Canonical where its type has a canonical form that was read, else as said.</param>
public sealed record FoundSlot(string Slot, int Start, int End, string Value)
{
    /// <summary>How sure, 0 to 1; 1 where a tagger found it, which does not say.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>What the recognisers gave it, from which the confidence was counted; 0 where a tagger found it.</summary>
    public double Score { get; init; }
}

/// <summary>A text cut into words, with the values that the recognisers see in it.</summary>
internal sealed class SlotText
{
    private static readonly ImmutableArray<ToolParameter> Everything =
    [
        .. new[]
        {
            ParameterType.Date, ParameterType.DateOfBirth, ParameterType.Time, ParameterType.Duration, ParameterType.Count, ParameterType.Number, ParameterType.Money, ParameterType.Phone,
            ParameterType.Postcode, ParameterType.Email, ParameterType.PersonName, ParameterType.Place,
        }.Select(t => new ToolParameter { Name = t.ToString(), Type = t }),
    ];

    private static readonly SlotKinds AnyKinds = new([new() { Name = "any", Parameters = Everything }], NoNameLists.Instance);

    public SlotText(string text, LocalDate today, SlotKinds? kinds = null)
    {
        Text = text;
        var words = new List<(int Start, int End)>();
        for (var i = 0; i < text.Length;)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i])) i++;
            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i])) i++;
            if (i > start) words.Add((start, i));
        }

        Words = [.. words];
        Tokens = Language.Tokens.Of(string.Join(' ', words.Select(w => text[w.Start..w.End])));
        Values = (kinds ?? AnyKinds).Read(Tokens, today);
    }

    public string Text { get; }

    /// <summary>Words between white space, as character ranges.</summary>
    public (int Start, int End)[] Words { get; }

    public Token[] Tokens { get; }

    public List<ValueSpan> Values { get; }

    public string Word(int i) => Text[Words[i].Start..Words[i].End].Trim('.', ',', '!', '?', ';', ':', '"', '(', ')').ToLowerInvariant();

    public string Raw(int i) => Text[Words[i].Start..Words[i].End];

    /// <summary>The characters of a range of words, punctuation around them left out.</summary>
    public (int Start, int End) Characters(int from, int to)
    {
        var (start, end) = (Words[from].Start, Words[to - 1].End);
        while (start < end && !char.IsLetterOrDigit(Text[start]) && Text[start] is not ('£' or '$' or '€' or '+')) start++;
        while (end > start && !char.IsLetterOrDigit(Text[end - 1])) end--;
        return (start, end);
    }

    /// <summary>The words of a value.</summary>
    public (int From, int To) WordsOf(ValueSpan value) => (Tokens[value.From].Word, Tokens[value.To - 1].Word + 1);
}
