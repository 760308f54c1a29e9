using System.Text;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>E-mail addresses, written or said: "dana dot whitfield at gmail dot com", "d w 84 at example dot co dot uk".</summary>
internal static class EmailReader
{
    private const int DomainWordsMax = 5;

    private static readonly string[] Endings = ["com", "uk", "org", "net", "edu", "gov", "io", "eu", "de", "fr", "ie", "info", "me", "biz", "us", "ca", "au", "tv", "app", "dev"];

    public static void Read(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            var at = t[i].Text.IndexOf('@', StringComparison.Ordinal);
            if (at > 0 && t[i].Text.IndexOf('.', at) > at) into.Add(new(i, i + 1, ParameterType.Email, t[i].Text, 0.98));
            else if (t[i].Text is "at" && i + 1 < t.Length && !t[i + 1].Text.Contains('@') && Spoken(t, i) is { } found) into.Add(found);
        }
    }

    private static ValueSpan? Spoken(ReadOnlySpan<Token> t, int at)
    {
        var (domain, next, whole) = Domain(t, at + 1);
        var start = at;
        while (start > 0 && IsLocal(t, start - 1)) start--;
        if (start == at) return null;
        var local = new StringBuilder();
        for (var i = start; i < at; i++) Append(local, t, ref i);
        var dotted = local.ToString().IndexOfAny(['.', '_', '-']) >= 0;
        if (domain.Length == 0) return next >= t.Length && dotted ? new(start, t.Length, ParameterType.Email, local + "@", 0.5, Complete: false) : null;
        return whole
            ? new(start, next, ParameterType.Email, $"{local}@{domain}", 0.93)
            : next >= t.Length && domain.Contains('.') | dotted ? new(start, next, ParameterType.Email, $"{local}@{domain}", 0.5, Complete: false) : null;
    }

    /// <summary>Names, digits, letters and the words for signs; not the words that introduce an address.</summary>
    private static bool IsLocal(ReadOnlySpan<Token> t, int at)
    {
        var word = t[at].Text;
        if (word is "is" or "it's" or "its" or "to" or "email" or "mail" or "address" or "my" or "the" or "as" or "use" or "try" or "send" or "be" or "that's" or "me") return false;
        if (t[at].Break != '\0') return false;
        if (word is "dot" or "underscore" or "dash" or "hyphen" or "double" or "triple" || word.Length == 1 || Numbers.Cardinal(word) is not null || Numbers.Digit(word) is not null) return true;
        var next = at + 1 < t.Length ? t[at + 1].Text : "";
        return next is "at" or "dot" or "underscore" or "dash" or "hyphen" or "double" or "triple" || next.Length == 1 || Numbers.Cardinal(next) is not null
            || (at > 0 && t[at - 1].Text is "is" or "it's" or "to") || (Lexicon.IsContent(word) && !Lexicon.Common.Contains(word));
    }

    private static (string Text, int Next, bool Whole) Domain(ReadOnlySpan<Token> t, int at)
    {
        var text = new StringBuilder();
        var (next, whole) = (at, false);
        while (next < t.Length)
        {
            var word = t[next].Text;
            if (word is "dot" or "point")
            {
                if (text.Length == 0 || next + 1 >= t.Length) break;
                var label = t[next + 1].Text;
                if (label is "co" or "ac" && !Is(t, next + 2, "dot"))
                {
                    if (!Is(t, next + 2, "uk")) return (text + "." + label, next + 2, false);
                    return (text + "." + label + ".uk", next + 3, true);
                }

                text.Append('.').Append(label);
                next += 2;
                whole = Endings.Contains(label);
                if (whole && !Is(t, next, "dot")) break;
            }
            else if (!text.ToString().Contains('.') && next - at < DomainWordsMax && (text.Length == 0 || DotWithin(t, next)))
            {
                if (word.Contains('.') && Endings.Contains(word[(word.LastIndexOf('.') + 1)..])) return (text + word, next + 1, true);
                var before = text.Length;
                Append(text, t, ref next);
                next++;
                if (text.Length == before) break;
            }
            else
            {
                break;
            }
        }

        return (text.ToString(), next, whole);
    }

    /// <summary>A domain of several words ("b t internet dot com"): its dot is still to come.</summary>
    private static bool DotWithin(ReadOnlySpan<Token> t, int at)
    {
        for (var i = at; i < t.Length && i < at + DomainWordsMax; i++) if (t[i].Text is "dot" || (t[i].Text.Contains('.') && i > at)) return true;
        return false;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<Token> t, ref int at)
    {
        var word = t[at].Text;
        if (word is "double" or "triple" && at + 1 < t.Length && (Numbers.Digit(t[at + 1].Text) ?? (t[at + 1].Text.Length == 1 ? t[at + 1].Text[0] : null)) is { } repeated)
        {
            text.Append(repeated, word is "double" ? 2 : 3);
            at++;
            return;
        }

        if (Numbers.BelowHundred(t, at) is var (value, next) && word.Length > 1)
        {
            text.Append(value);
            at = next - 1;
            return;
        }

        text.Append(word switch
        {
            "dot" or "point" => ".",
            "underscore" => "_",
            "dash" or "hyphen" => "-",
            _ => Numbers.Digit(word) is { } digit && word is not "o" ? digit.ToString() : word.Replace("'", "", StringComparison.Ordinal),
        });
    }
}
