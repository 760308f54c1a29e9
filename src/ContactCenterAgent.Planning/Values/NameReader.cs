using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Names of persons: by the lists, and by the shape of the sentence ("my name is X Y", "it's X Y", "this is X Y", "X Y here").</summary>
internal sealed class NameReader(INameLists lists)
{
    private static readonly (string[] Words, double Weight)[] Cues =
    [
        (["my", "full", "name", "is"], 0.3), (["my", "name", "is"], 0.3), (["my", "name's"], 0.3), (["the", "name", "is"], 0.3), (["name", "is"], 0.3), (["the", "name's"], 0.3),
        (["name", "of"], 0.3), (["under", "the", "name"], 0.3), (["under"], 0.1), (["it's"], 0.1), (["it", "is"], 0.1), (["this", "is"], 0.1), (["i'm"], 0.1), (["i", "am"], 0.1),
        (["that's"], 0.05), (["called"], 0.2), (["speaking", "to"], 0.0), (["for"], 0.05),
    ];

    public void Read(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length;)
        {
            if (At(t, i) is { } found)
            {
                into.Add(found);
                i = found.To;
            }
            else
            {
                i++;
            }
        }
    }

    private ValueSpan? At(ReadOnlySpan<Token> t, int at)
    {
        var cue = CueBefore(t, at);
        if (Spelled(t, at) is { } spelled && cue >= 0.1) return spelled;
        var next = at;
        while (next < t.Length && next - at < 3 && CanBeName(t[next].Text) && (next == at || t[next - 1].Break == '\0')) next++;
        if (next == at) return null;
        if (next - at == 3 && !lists.IsSurname(t[at + 2].Text)) next--;
        var given = lists.IsGivenName(t[at].Text);
        var surname = next - at >= 2 && lists.IsSurname(t[next - 1].Text);
        if (given && next - at == 3 && !surname && lists.IsSurname(t[at + 1].Text)) (next, surname) = (at + 2, true);
        if (next - at == 1)
        {
            if (cue < 0.1 || !(given || lists.IsSurname(t[at].Text) || cue >= 0.3)) return null;
            return new(at, next, ParameterType.PersonName, Canonical(t[at..next]), given ? 0.5 : 0.35, Complete: next < t.Length && !given);
        }

        var here = Is(t, next, "here") || Is(t, next, "speaking") || Is(t, next, "calling");
        var confidence = (given && surname ? 0.8 : given || surname ? 0.5 : 0.2) + cue + (here ? 0.3 : 0);
        if (!given && !surname && cue is > 0 and < 0.3 && t[at..next].ToArray().All(w => Plausible(w.Text))) confidence += 0.2;
        return confidence < 0.45 ? null : new(at, next, ParameterType.PersonName, Canonical(t[at..next]), Math.Min(confidence, 0.97));
    }

    /// <summary>A bare answer to "what is your name?": the content words of the turn, whatever they are.</summary>
    /// <param name="t">The words.</param>
    /// <param name="others">What else the words say: no part of a sure value is a name.</param>
    public static ValueSpan? Bare(ReadOnlySpan<Token> t, List<ValueSpan> others)
    {
        bool Free(int i) => !others.Exists(v => v.From <= i && i < v.To && v is { Bare: false, Confidence: > 0.6 });
        var from = 0;
        while (from < t.Length && !(CanBeName(t[from].Text) && Free(from))) from++;
        var to = from;
        while (to < t.Length && to - from < 4 && CanBeName(t[to].Text) && Free(to)) to++;
        return to - from is >= 1 and <= 4 ? new(from, to, ParameterType.PersonName, Canonical(t[from..to]), to - from == 1 ? 0.4 : 0.6, Complete: to - from > 1) : null;
    }

    /// <summary>"Whitfield W H I T F I E L D": spelled letters after a name word take its place.</summary>
    private static ValueSpan? Spelled(ReadOnlySpan<Token> t, int at)
    {
        var next = at;
        while (next < t.Length && t[next].Text.Length == 1 && char.IsAsciiLetter(t[next].Text[0])) next++;
        if (next - at < 4) return null;
        var text = string.Concat(t[at..next].ToArray().Select(w => w.Text));
        return new(at, next, ParameterType.PersonName, Capital(text), 0.6, Complete: next < t.Length);
    }

    private static double CueBefore(ReadOnlySpan<Token> t, int at)
    {
        foreach (var (words, weight) in Cues) if (at >= words.Length && Is(t, at - words.Length, words)) return weight;
        return 0;
    }

    private static bool CanBeName(string word) =>
        (!word.EndsWith("'s", StringComparison.Ordinal) || CanBeName(word[..^2])) && word.Length > 1 && char.IsLetter(word[0]) && !word.Any(char.IsDigit) && !Lexicon.Function.Contains(word) && !Lexicon.Fillers.Contains(word) && !Lexicon.Common.Contains(word)
        && !Weekdays.ContainsKey(word) && (!Months.ContainsKey(word) || word is "may" or "june" or "april" or "august" or "jan") && Numbers.Cardinal(word) is null;

    private static bool Plausible(string word) =>
        word.Length > 2 && !word.EndsWith("ing", StringComparison.Ordinal) && !word.EndsWith("ed", StringComparison.Ordinal) && !word.EndsWith("ly", StringComparison.Ordinal);

    private static string Canonical(ReadOnlySpan<Token> words) => string.Join(' ', words.ToArray().Select(w => Capital(w.Text.EndsWith("'s", StringComparison.Ordinal) ? w.Text[..^2] : w.Text)));

    internal static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
