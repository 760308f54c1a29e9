using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Planning.Language;

/// <summary>One word as the recognisers read it: lower case, no punctuation. A spoken word may give several (<c>2:30pm</c>, <c>twenty-five</c>).</summary>
/// <param name="Text">Lower case; letters, digits, apostrophes, and the signs that carry meaning inside numbers and addresses.</param>
/// <param name="Word">Index of the word in the turn that it comes from.</param>
/// <param name="Break">The punctuation after it: <c>,</c> or <c>.</c> (also for <c>?</c> and <c>!</c>), or <c>\0</c>.</param>
/// <param name="Asks">A question mark follows.</param>
internal readonly record struct Token(string Text, int Word, char Break, bool Asks);

/// <summary>Words to tokens.</summary>
internal static class Tokens
{
    public static Token[] Of(ImmutableArray<Word> words)
    {
        var tokens = new List<Token>(words.Length + 4);
        for (var i = 0; i < words.Length; i++) Add(tokens, words[i].Text, i);
        return [.. tokens];
    }

    public static Token[] Of(string text)
    {
        var tokens = new List<Token>();
        var word = 0;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Add(tokens, part, word++);
        return [.. tokens];
    }

    private static void Add(List<Token> tokens, string raw, int word)
    {
        var text = raw.Replace('\u2019', '\'').ToLowerInvariant();
        var end = text.Length;
        while (end > 0 && !IsInner(text[end - 1])) end--;
        var start = 0;
        while (start < end && !IsInner(text[start]) && text[start] is not ('£' or '$' or '€' or '+')) start++;
        var tail = text[end..];
        var asks = tail.Contains('?');
        var mark = tail.AsSpan().IndexOfAny('.', '?', '!') >= 0 ? '.' : tail.AsSpan().IndexOfAny(',', ';', ':') >= 0 ? ',' : '\0';
        if (start == end) return;
        text = text[start..end];
        if (text is "a.m" or "p.m")
        {
            text = text is "a.m" ? "am" : "pm";
            mark = tail.Length > 1 && mark != '\0' ? mark : '\0';
        }

        var first = tokens.Count;
        if (text.Contains('@')) tokens.Add(new(text, word, '\0', false));
        else foreach (var part in text.Split(['-', '_', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries)) AddPart(tokens, part, word, text);
        if (tokens.Count > first) tokens[^1] = tokens[^1] with { Break = mark, Asks = asks };
    }

    /// <summary>A clock time or a number with its unit written together is two tokens; an ISO day stays one.</summary>
    private static void AddPart(List<Token> tokens, string part, int word, string whole)
    {
        if (whole.Length == 10 && whole[4] == '-' && whole[7] == '-')
        {
            if (tokens.Count == 0 || tokens[^1].Word != word || tokens[^1].Text != whole) tokens.Add(new(whole, word, '\0', false));
            return;
        }

        var digits = 0;
        while (digits < part.Length && (char.IsAsciiDigit(part[digits]) || (digits > 0 && part[digits] is ':' or '.'))) digits++;
        var unit = part[digits..].Replace(".", "", StringComparison.Ordinal);
        if (digits > 0 && unit is "am" or "pm" or "ish" or "hrs" or "min" or "mins" or "k" or "p" or "th" or "st" or "nd" or "rd")
        {
            if (unit is "th" or "st" or "nd" or "rd")
            {
                tokens.Add(new(part, word, '\0', false));
                return;
            }

            tokens.Add(new(part[..digits], word, '\0', false));
            tokens.Add(new(unit, word, '\0', false));
            return;
        }

        if (part.Length > 5 && part.EndsWith("ish", StringComparison.Ordinal) && Numbers.Cardinal(part[..^3]) is not null)
        {
            tokens.Add(new(part[..^3], word, '\0', false));
            tokens.Add(new("ish", word, '\0', false));
            return;
        }

        tokens.Add(new(part, word, '\0', false));
    }

    private static bool IsInner(char c) => char.IsLetterOrDigit(c) || c == '\'';
}
