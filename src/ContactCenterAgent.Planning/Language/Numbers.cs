using System.Collections.Frozen;

namespace ContactCenterAgent.Planning.Language;

/// <summary>Number words and figures. Every reader gives the value and the first token after it, or null where there is none.</summary>
internal static class Numbers
{
    private static readonly FrozenDictionary<string, int> Small = Numbered(
        0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");

    private static readonly FrozenDictionary<string, int> Tens = "twenty thirty forty fifty sixty seventy eighty ninety"
        .Split(' ').Select((w, i) => (w, v: (i + 2) * 10)).ToFrozenDictionary(p => p.w, p => p.v);

    private static readonly FrozenDictionary<string, int> Ordinals = Numbered(
        1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth");

    /// <summary>Groups of words, a group an entry: the n-th group's words all mean <paramref name="first"/> + n.</summary>
    internal static FrozenDictionary<string, int> Numbered(int first, string groups) =>
        groups.Split(' ').SelectMany((group, i) => group.Split('|').Select(w => (w, v: first + i))).ToFrozenDictionary(p => p.w, p => p.v);

    /// <summary>A single word or figure below a hundred million.</summary>
    public static int? Cardinal(string word) =>
        Small.TryGetValue(word, out var v) || Tens.TryGetValue(word, out v) ? v : word.Length is > 0 and < 9 && word.All(char.IsAsciiDigit) ? int.Parse(word) : null;

    /// <summary>A digit said as a word or figure ("o", "oh", "nought" count); null for anything longer.</summary>
    public static char? Digit(string word) => word switch
    {
        "o" or "oh" or "nought" or "naught" or "zero" => '0',
        { Length: 1 } when char.IsAsciiDigit(word[0]) => word[0],
        _ => Small.TryGetValue(word, out var v) && v < 10 ? (char)('0' + v) : null,
    };

    /// <summary>A whole number below a million: "25", "twenty five", "a hundred and twenty", "two thousand".</summary>
    public static (int Value, int Next)? Read(ReadOnlySpan<Token> t, int at)
    {
        if (Group(t, at) is not var (value, next)) return null;
        if (next < t.Length && t[next].Text is "thousand" or "k" && value < 1000)
        {
            value *= 1000;
            next++;
            if (Tail(t, next) is var (rest, after) && rest < 1000) return (value + rest, after);
        }

        return (value, next);
    }

    private static (int Value, int Next)? Group(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        var article = t[at].Text is "a" && at + 1 < t.Length && t[at + 1].Text is "hundred" or "thousand";
        (int Value, int Next)? head = article ? (1, at + 1) : BelowHundred(t, at);
        if (head is not var (value, next)) return null;
        if (next >= t.Length || t[next].Text != "hundred") return head;
        value *= 100;
        next++;
        return Tail(t, next) is var (rest, after) && rest < 100 ? (value + rest, after) : (value, next);
    }

    private static (int Value, int Next)? Tail(ReadOnlySpan<Token> t, int at)
    {
        var start = at < t.Length && t[at].Text == "and" ? at + 1 : at;
        return Group(t, start);
    }

    /// <summary>"25", "twenty five", "seven"; figures of any length below a hundred million.</summary>
    public static (int Value, int Next)? BelowHundred(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        var word = t[at].Text;
        if (Tens.TryGetValue(word, out var tens))
        {
            return at + 1 < t.Length && t[at].Break == '\0' && Small.TryGetValue(t[at + 1].Text, out var unit) && unit is > 0 and < 10
                ? (tens + unit, at + 2)
                : (tens, at + 1);
        }

        return Cardinal(word) is { } value ? (value, at + 1) : null;
    }

    /// <summary>"3rd", "third", "twenty third".</summary>
    public static (int Value, int Next)? Ordinal(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        var word = t[at].Text;
        if (Ordinals.TryGetValue(word, out var value)) return (value, at + 1);
        if (word.Length is 3 or 4 && char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th" && int.TryParse(word[..^2], out value)) return (value, at + 1);
        if (word is "thirtieth") return (30, at + 1);
        return Tens.TryGetValue(word, out var tens) && at + 1 < t.Length && Ordinals.TryGetValue(t[at + 1].Text, out value) && value < 10
            ? (tens + value, at + 2)
            : null;
    }
}
