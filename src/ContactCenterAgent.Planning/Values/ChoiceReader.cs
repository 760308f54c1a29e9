using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Values;

/// <summary>One of a parameter's declared values, by its own words, its other words, or a part that no other value shares.</summary>
internal sealed class ChoiceReader
{
    private readonly record struct Phrase(string[] Stems, string Value, double Confidence);

    private readonly Dictionary<string, List<Phrase>> _byFirst = [];
    private readonly int _kind;

    public ChoiceReader(ImmutableArray<ChoiceValue> values, int kind)
    {
        _kind = kind;
        foreach (var value in values)
        {
            Add(value.Value, value.Value, 0.95);
            foreach (var words in value.Words) Add(words, value.Value, 0.92);
        }

        AddParts(values);
        foreach (var list in _byFirst.Values) list.Sort((a, b) => b.Stems.Length != a.Stems.Length ? b.Stems.Length - a.Stems.Length : b.Confidence.CompareTo(a.Confidence));
    }

    /// <summary>Words that belong to one value only ("Lee" of "Doctor Lee") name it, with less confidence the smaller the part.</summary>
    private void AddParts(ImmutableArray<ChoiceValue> values)
    {
        var owners = values.SelectMany(v => Stems(v.Value).Distinct().Select(s => (Stem: s, v.Value))).ToLookup(p => p.Stem, p => p.Value);
        foreach (var value in values)
        {
            var stems = Stems(value.Value);
            if (stems.Length < 2) continue;
            for (var length = stems.Length - 1; length >= 1; length--)
            {
                for (var from = 0; from + length <= stems.Length; from++)
                {
                    var part = stems[from..(from + length)];
                    if (part.Any(s => Lexicon.IsContent(s) && owners[s].Count() == 1)) AddStems(part, value.Value, length > 1 ? 0.8 : 0.6);
                }
            }
        }
    }

    private void Add(string words, string value, double confidence) => AddStems(Stems(words), value, confidence);

    private void AddStems(string[] stems, string value, double confidence)
    {
        if (stems.Length == 0) return;
        if (!_byFirst.TryGetValue(stems[0], out var list)) _byFirst[stems[0]] = list = [];
        if (!list.Exists(p => p.Stems.SequenceEqual(stems))) list.Add(new(stems, value, confidence));
    }

    private static string[] Stems(string words) => [.. Tokens.Of(words).Select(t => Stem(t.Text))];

    internal static string Stem(string word) => word is "dr" or "doc" ? "doctor" : word is "mister" ? "mr" : Lexicon.Stem(word);

    public void Read(ReadOnlySpan<Token> t, ReadOnlySpan<string> stems, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (!_byFirst.TryGetValue(stems[i], out var phrases)) continue;
            foreach (var phrase in phrases)
            {
                if (!Matches(stems, i, phrase.Stems)) continue;
                into.Add(new(i, i + phrase.Stems.Length, ParameterType.Choice, phrase.Value, phrase.Confidence) { Kind = _kind, Bare = phrase.Confidence < 0.7 });
                i += phrase.Stems.Length - 1;
                break;
            }
        }
    }

    private static bool Matches(ReadOnlySpan<string> stems, int at, string[] phrase)
    {
        if (at + phrase.Length > stems.Length) return false;
        for (var i = 0; i < phrase.Length; i++) if (stems[at + i] != phrase[i]) return false;
        return true;
    }
}
