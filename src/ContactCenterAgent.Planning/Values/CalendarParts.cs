using System.Globalization;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Day, month and year as said; 0 where a part was not said. Sure: it can hardly be anything but a date ("3rd", a month's name).</summary>
internal readonly record struct CalendarParts(int Day, int Month, int Year, int Next, bool Sure)
{
    public static CalendarParts? Read(ReadOnlySpan<Token> t, int at) => at >= t.Length ? null : Figures(t, at) ?? MonthFirst(t, at) ?? DayFirst(t, at);

    private static CalendarParts? Figures(ReadOnlySpan<Token> t, int at)
    {
        var text = t[at].Text;
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return new(iso.Day, iso.Month, iso.Year, at + 1, true);
        var parts = text.Split('/', '.');
        if (parts.Length is not (2 or 3) || !int.TryParse(parts[0], out var day) || !int.TryParse(parts[1], out var month)) return null;
        if (parts.Length == 2 && text.Contains('.')) return null;
        var year = 0;
        if (parts.Length == 3 && (!int.TryParse(parts[2], out year) || (parts[2].Length is not (2 or 4) && parts[0].Length != 4))) return null;
        if (parts.Length == 3 && parts[0].Length == 4 && parts[2].Length <= 2) (day, year) = (year, day);
        if (year is < 100 and > 0 && parts.Length == 3) year += year < 40 ? 2000 : 1900;
        if (month > 12 && day <= 12) (day, month) = (month, day);
        return Valid(day, month) ? new(day, month, year, at + 1, true) : null;
    }

    private static CalendarParts? MonthFirst(ReadOnlySpan<Token> t, int at)
    {
        if (!DateReader.Months.TryGetValue(t[at].Text, out var month)) return null;
        var next = at + 1;
        if (next < t.Length && t[next].Text is "the") next++;
        var day = Numbers.Ordinal(t, next) ?? SmallNumber(t, next);
        if (day is not var (value, after) || !Valid(value, month)) return null;
        return WithYear(t, new(value, month, 0, after, true));
    }

    private static CalendarParts? DayFirst(ReadOnlySpan<Token> t, int at)
    {
        var article = t[at].Text is "the";
        var start = article ? at + 1 : at;
        var ordinal = Numbers.Ordinal(t, start);
        if ((ordinal ?? SmallNumber(t, start)) is not var (day, next) || !Valid(day, 1)) return null;
        var of = next < t.Length && t[next].Text is "of" ? next + 1 : next;
        if (of < t.Length && DateReader.Months.TryGetValue(t[of].Text, out var month) && Valid(day, month))
            return t[of].Text is "may" && ordinal is null && of == next ? null : WithYear(t, new(day, month, 0, of + 1, true));
        if (ordinal is null || (!article && char.IsLetter(t[start].Text[0]))) return null;
        if (of + 1 < t.Length && of > next && t[of].Text is "this" or "the" or "next" && t[of + 1].Text is "month") return new(day, 0, 0, of + 2, true);
        var followed = next < t.Length && t[start].Break == '\0' && t[next].Text is "one" or "option" or "slot" or "time" or "appointment" or "of" or "person" or "floor";
        return followed ? null : new(day, 0, 0, next, char.IsAsciiDigit(t[start].Text[0]));
    }

    private static (int, int)? SmallNumber(ReadOnlySpan<Token> t, int at) => Numbers.BelowHundred(t, at) is var (v, next) && v is >= 1 and <= 31 ? (v, next) : null;

    private static CalendarParts WithYear(ReadOnlySpan<Token> t, CalendarParts parts) =>
        Years.Read(t, parts.Next, allowShort: false) is var (year, next) ? parts with { Year = year, Next = next } : parts;

    private static bool Valid(int day, int month) => day is >= 1 and <= 31 && month is >= 1 and <= 12;
}

/// <summary>Years as said: "1984", "nineteen eighty four", "two thousand and one", "twenty twelve", and where allowed "eighty four".</summary>
internal static class Years
{
    public static (int Year, int Next)? Read(ReadOnlySpan<Token> t, int at, bool allowShort)
    {
        if (at < t.Length && t[at].Text is "in") at++;
        if (at >= t.Length) return null;
        var text = t[at].Text;
        if (text.Length == 4 && int.TryParse(text, out var figures)) return figures is >= 1900 and <= 2100 ? (figures, at + 1) : null;
        if (Numbers.Read(t, at) is var (thousand, afterThousand) && thousand is >= 2000 and <= 2100 && text.Length != 4) return (thousand, afterThousand);
        if (text is "nineteen" or "twenty" or "19" or "20" && Pair(t, at + 1) is var (rest, next)) return ((text is "nineteen" or "19" ? 1900 : 2000) + rest, next);
        if (!allowShort) return null;
        var tick = text.TrimStart('\'');
        if (tick.Length == 2 && int.TryParse(tick, out var two)) return (Century(two), at + 1);
        return Pair(t, at) is var (pair, after) ? (Century(pair), after) : null;
    }

    private static (int, int)? Pair(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        if (t[at].Text is "hundred") return DateReader.Is(t, at + 1, "and") && Numbers.BelowHundred(t, at + 2) is var (more, afterMore) ? (more, afterMore) : (0, at + 1);
        if (Numbers.Digit(t[at].Text) is '0' && at + 1 < t.Length && Numbers.Digit(t[at + 1].Text) is { } unit) return (unit - '0', at + 2);
        return Numbers.BelowHundred(t, at) is var (v, next) && v is >= 10 and < 100 ? (v, next) : null;
    }

    private static int Century(int two) => two <= 25 ? 2000 + two : 1900 + two;
}
