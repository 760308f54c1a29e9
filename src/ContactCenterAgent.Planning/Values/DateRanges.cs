using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>"next week", "this weekend", "in December", "end of the month", "as soon as possible".</summary>
internal static class DateRanges
{
    /// <summary>How far ahead "as soon as possible" looks.</summary>
    private const int SoonDays = 14;

    public static ValueSpan? Read(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        var monday = today.Next(IsoDayOfWeek.Monday).PlusDays(-7);
        if (Is(t, at, "as", "soon", "as", "possible")) return Range(at, at + 4, today, today.PlusDays(SoonDays));
        if (Is(t, at, "soonest") || Is(t, at, "asap")) return Range(at, at + 1, today, today.PlusDays(SoonDays));
        foreach (var first in (ReadOnlySpan<string>)["earliest", "first", "next"])
            if (Is(t, at, first, "available") || Is(t, at, first, "possible")) return Range(at, at + 2, today, today.PlusDays(SoonDays));
        var narrowed = at + 2 < t.Length && t[at + 2].Text is "next" or "this" or "after" or "before" or "in" or "from" or "between" or "but";
        if ((Is(t, at, "any", "day") && !narrowed) || Is(t, at, "whenever")) return Range(at, at + (t[at].Text is "any" ? 2 : 1), today, today.PlusDays(SoonDays));
        if (Part(t, at) is var (part, afterPart))
        {
            ValueSpan Third(int first, int next, LocalDate from, LocalDate to, int third)
            {
                var days = Period.DaysBetween(from, to) + 1;
                return Range(first, next, Later(today, from.PlusDays(third * days / 3)), third == 2 ? to : from.PlusDays((third + 1) * days / 3 - 1));
            }

            if (Is(t, afterPart, "next", "week")) return Third(at, afterPart + 2, monday.PlusDays(7), monday.PlusDays(13), part);
            if (Is(t, afterPart, "this", "week") || Is(t, afterPart, "the", "week")) return Third(at, afterPart + 2, monday, monday.PlusDays(6), part);
            if (Is(t, afterPart, "the", "month") || Is(t, afterPart, "this", "month")) return Third(at, afterPart + 2, FirstOf(today), EndOf(today), part);
            if (Is(t, afterPart, "next", "month")) return Third(at, afterPart + 2, FirstOf(today.PlusMonths(1)), EndOf(today.PlusMonths(1)), part);
            if (afterPart < t.Length && Months.TryGetValue(t[afterPart].Text, out var named)) return Third(at, afterPart + 1, InMonth(today, named), EndOf(InMonth(today, named)), part);
        }

        if (Is(t, at, "next") && Amount(t, at + 1) is var (ahead, afterAhead)) return Range(at, afterAhead, today, today.PlusDays(ahead));
        if (Is(t, at, "week", "after", "next")) return Range(at, at + 3, monday.PlusDays(14), monday.PlusDays(20));
        if (Is(t, at, "next", "week")) return Range(at, at + 2, monday.PlusDays(7), monday.PlusDays(13));
        if (Is(t, at, "this", "week")) return Range(at, at + 2, today, monday.PlusDays(6));
        if (Is(t, at, "next", "weekend")) return Range(at, at + 2, monday.PlusDays(12), monday.PlusDays(13));
        if (Is(t, at, "weekend") || Is(t, at, "this", "weekend")) return Range(at, at + (t[at].Text is "this" ? 2 : 1), Later(today, monday.PlusDays(5)), monday.PlusDays(6));
        if (Is(t, at, "next", "month")) return Range(at, at + 2, FirstOf(today.PlusMonths(1)), EndOf(today.PlusMonths(1)));
        if (Is(t, at, "this", "month")) return Range(at, at + 2, today, EndOf(today));
        if ((Is(t, at, "week", "of") || Is(t, at, "week", "commencing") || Is(t, at, "week", "beginning")) && Day(t, at + 2, today) is var (day, next, _))
            return Range(at, next, day, day.PlusDays(6));
        return at + 1 < t.Length && t[at].Text is "in" or "during" or "next" && Months.TryGetValue(t[at + 1].Text, out var month)
            ? Range(at, at + 2, Later(today, InMonth(today, month)), EndOf(InMonth(today, month)))
            : null;
    }

    private static (int Third, int Next)? Part(ReadOnlySpan<Token> t, int at)
    {
        var start = Is(t, at, "the") ? at + 1 : at;
        if (start >= t.Length) return null;
        var next = start + 1 < t.Length && t[start + 1].Text is "of" or "in" ? start + 2 : start + 1;
        return t[start].Text switch
        {
            "beginning" or "start" or "early" => (0, next),
            "middle" or "mid" => (1, next),
            "end" or "late" or "later" => (2, next),
            _ => null,
        };
    }

    private static ValueSpan Range(int at, int next, LocalDate from, LocalDate to) => new(at, next, ParameterType.DateRange, Canonical(from, to), 0.9);

    private static LocalDate FirstOf(LocalDate day) => new(day.Year, day.Month, 1);

    private static LocalDate EndOf(LocalDate day) => FirstOf(day).PlusMonths(1).PlusDays(-1);

    private static LocalDate InMonth(LocalDate today, int month) => new(month < today.Month ? today.Year + 1 : today.Year, month, 1);

    private static LocalDate Later(LocalDate a, LocalDate b) => a > b ? a : b;
}
