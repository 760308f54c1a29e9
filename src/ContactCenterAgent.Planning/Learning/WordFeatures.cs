using System.Text;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;

namespace ContactCenterAgent.Planning.Learning;

/// <summary>What a tagger sees of each word: the word and its neighbours, its shape, the recognisers' opinion, and what was asked.</summary>
internal static class WordFeatures
{
    public static string[][] Of(SlotText text, IReadOnlyList<string> asked)
    {
        var count = text.Words.Length;
        var words = new string[count];
        for (var i = 0; i < count; i++) words[i] = Generalised(text.Word(i));
        var opinions = Opinions(text);
        var question = asked.Count == 0 ? "" : string.Join('+', asked.Order(StringComparer.Ordinal));
        var all = new string[count][];
        for (var i = 0; i < count; i++)
        {
            var (word, before, after) = (words[i], At(words, i - 1), At(words, i + 1));
            var shape = Shape(text.Raw(i));
            var features = new List<string>(32)
            {
                "1", "w=" + word, "w-1=" + before, "w+1=" + after, "w-2=" + At(words, i - 2), "w+2=" + At(words, i + 2), "w-1w=" + before + "|" + word, "ww+1=" + word + "|" + after,
                "w-2w-1=" + At(words, i - 2) + "|" + before, "w+1w+2=" + after + "|" + At(words, i + 2), "shape=" + shape, "s-1s=" + (i > 0 ? Shape(text.Raw(i - 1)) : "^") + shape,
                "w-1shape=" + before + "|" + shape, "suf=" + (word.Length > 3 ? word[^3..] : word), "c=" + Class(word), "c-1=" + Class(before), "c+1=" + Class(after), "c-1c=" + Class(before) + Class(word),
                "cc+1=" + Class(word) + Class(after), "o-1=" + (i > 0 ? opinions[i - 1] : ""), "o+1=" + (i + 1 < count ? opinions[i + 1] : ""), "o=" + opinions[i], "o-1o=" + (i > 0 ? opinions[i - 1] : "") + ">" + opinions[i],
            };
            foreach (var opinion in opinions[i].Split(',', StringSplitOptions.RemoveEmptyEntries)) features.Add("v=" + opinion);
            if (i > 0 && text.Raw(i - 1)[^1] is ',' or '.' or ';' or '?' or '!') features.Add("p-1=" + text.Raw(i - 1)[^1]);
            if (text.Raw(i)[^1] is ',' or '.' or ';' or '?' or '!') features.Add("p=" + text.Raw(i)[^1]);
            if (question.Length > 0)
            {
                foreach (var slot in asked)
                {
                    features.Add("a=" + slot + "|" + opinions[i]);
                    features.Add("aw=" + slot + "|" + Class(word) + shape);
                    if (count <= 4) features.Add("ashort=" + slot + "|" + count + "|" + i);
                }

                features.Add("q=" + question);
                features.Add("qw=" + question + "|" + Class(word) + shape);
                features.Add("qo=" + question + "|" + opinions[i]);
                features.Add("qn=" + question + "|" + Math.Min(count, 4) + "|" + Math.Min(i, 3) + shape);
            }

            if (count <= 2) features.Add("short=" + count + i + shape + Class(word));
            all[i] = [.. features];
        }

        return all;
    }

    private static string At(string[] words, int i) => i < 0 ? "^" : i >= words.Length ? "$" : words[i];

    /// <summary>Figures become their form, so that "8:15" teaches what "8:45" means.</summary>
    private static string Generalised(string word)
    {
        if (!word.Any(char.IsAsciiDigit)) return word;
        var form = new StringBuilder(word.Length);
        foreach (var c in word) form.Append(char.IsAsciiDigit(c) ? 'd' : c);
        return form.ToString();
    }

    private static string Shape(string raw)
    {
        var form = new StringBuilder(4);
        foreach (var c in raw)
        {
            var kind = char.IsAsciiDigit(c) ? '0' : char.IsUpper(c) ? 'X' : char.IsLetter(c) ? 'x' : c;
            if (form.Length == 0 || form[^1] != kind) form.Append(kind);
        }

        return form.ToString();
    }

    /// <summary>Closed classes: numbers, days, months, function words.</summary>
    private static string Class(string word) =>
        DateReader.Weekdays.ContainsKey(word) ? "D" : DateReader.Months.ContainsKey(word) && word is not "may" ? "M"
        : Numbers.Cardinal(word) is not null ? "N" : Numbers.Ordinal([new(word, 0, '\0', false)], 0) is not null ? "O"
        : word.StartsWith('d') && word.All(c => c is 'd' or ':' or '.') ? "N" : Lexicon.IsFunction(word) ? "F" : Lexicon.Common.Contains(word) ? "C" : "w";

    /// <summary>Which recognisers see a value over each word, at its front or inside.</summary>
    private static string[] Opinions(SlotText text)
    {
        var opinions = new SortedSet<string>[text.Words.Length];
        for (var i = 0; i < opinions.Length; i++) opinions[i] = new(StringComparer.Ordinal);
        foreach (var value in text.Values)
        {
            if (value.Type is ParameterType.Number or ParameterType.Duration) continue;
            var (from, to) = text.WordsOf(value);
            for (var i = from; i < to; i++) opinions[i].Add((i == from ? "B" : "I") + value.Type + (value.Bare ? "?" : ""));
        }

        return [.. opinions.Select(o => string.Join(',', o))];
    }
}
