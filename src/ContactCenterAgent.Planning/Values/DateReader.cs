using System.Collections.Frozen;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Days and ranges of days as they are said. "Friday" is the next one to come, "next Friday" the one of next week (weeks start on Monday).</summary>
internal static class DateReader
{
    internal static readonly FrozenDictionary<string, IsoDayOfWeek> Weekdays = Numbers.Numbered(
        1, "monday|mon|mondays tuesday|tue|tues|tuesdays wednesday|wed|weds|wednesdays thursday|thu|thur|thurs|thursdays friday|fri|fridays saturday|saturdays sunday|sundays")
        .ToFrozenDictionary(p => p.Key, p => (IsoDayOfWeek)p.Value);

    internal static readonly FrozenDictionary<string, int> Months = Numbers.Numbered(
        1, "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec");

    public static string Canonical(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static string Canonical(LocalDate from, LocalDate to) => from == to ? Canonical(from) : $"{Canonical(from)}/{Canonical(to)}";

    /// <summary>Every day and range in the words, longest first at each place, none overlapping.</summary>
    public static void Read(ReadOnlySpan<Token> t, LocalDate today, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length;)
        {
            if (Phrase(t, i, today) is { } found)
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

    private static ValueSpan? Phrase(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        var word = t[at].Text;
        if (Holidays.Read(t, at, today) is { } holiday) return holiday;
        var start = word is "between" or "from" or "before" or "after" or "by" or "until" or "since" ? at + 1 : at;
        if (Day(t, start, today) is var (from, next, confidence))
        {
            if (Until(t, next, from, today, word) is var (to, after)) return new(at, after, ParameterType.DateRange, Canonical(from, to), 0.9);
            return word switch
            {
                "before" => new(at, next, ParameterType.DateRange, Canonical(today, Max(today, from.PlusDays(-1))), 0.9),
                "by" or "until" => new(at, next, ParameterType.DateRange, Canonical(today, Max(today, from)), 0.9),
                "after" => new(at, next, ParameterType.DateRange, Canonical(from.PlusDays(1), from.PlusDays(14)), 0.9),
                "from" or "since" when next < t.Length && t[next].Text is "on" or "onwards" => new(at, next + 1, ParameterType.DateRange, Canonical(from, from.PlusDays(14)), 0.9),
                _ => new(start, next, ParameterType.Date, Canonical(from), confidence),
            };
        }

        return DateRanges.Read(t, at, today);
    }

    /// <summary>The end of a range: "to Wednesday", "and Friday" behind "between", "or Wednesday" for the day after; a weekday is the next one after the start.</summary>
    private static (LocalDate To, int Next)? Until(ReadOnlySpan<Token> t, int at, LocalDate from, LocalDate today, string introduction)
    {
        if (at + 1 >= t.Length) return null;
        var joint = t[at].Text;
        if (joint is "or" && Is(t, at + 1, "the", "day", "after")) return (from.PlusDays(1), at + 4);
        if (joint is not ("to" or "till" or "until" or "through" or "or") && !(joint is "and" && introduction is "between")) return null;
        if (Day(t, at + 1, today) is not var (to, next, _)) return null;
        if (to <= from && Weekdays.ContainsKey(t[at + 1].Text)) to = from.Next(to.DayOfWeek);
        return to > from && (joint is not "or" || Period.DaysBetween(from, to) == 1) ? (to, next) : null;
    }

    private static LocalDate Max(LocalDate a, LocalDate b) => a > b ? a : b;

    /// <summary>One day: relative, by weekday, or by the calendar.</summary>
    internal static (LocalDate Day, int Next, double Confidence)? Day(ReadOnlySpan<Token> t, int at, LocalDate today) =>
        at >= t.Length ? null : Relative(t, at, today) ?? Weekday(t, at, today) ?? Calendar(t, at, today);

    private static (LocalDate, int, double)? Relative(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        var word = t[at].Text;
        if (word is "today" or "tonight") return Week(t, today, at + 1);
        if (word is "tomorrow" or "tomorrow's" or "tmrw") return Week(t, today.PlusDays(1), at + 1);
        if (word is "yesterday") return (today.PlusDays(-1), at + 1, 0.95);
        if (word is "overmorrow") return (today.PlusDays(2), at + 1, 0.95);
        if (Is(t, at, "day", "after", "tomorrow")) return (today.PlusDays(2), at + 3, 0.97);
        if (Is(t, at, "the", "day", "after", "tomorrow")) return (today.PlusDays(2), at + 4, 0.97);
        if (Is(t, at, "day", "before", "yesterday")) return (today.PlusDays(-2), at + 3, 0.97);
        var into = word is "in" ? at + 1 : at;
        if (Amount(t, into) is not var (days, next)) return null;
        if (word is "in") return (today.PlusDays(days), Is(t, next, "time") ? next + 1 : next, 0.95);
        if (next < t.Length && t[next].Text is "from" && next + 1 < t.Length && Day(t, next + 1, today) is var (anchor, after, _)) return (anchor.PlusDays(days), after, 0.95);
        if (next + 1 < t.Length && Is(t, next, "from", "now")) return (today.PlusDays(days), next + 2, 0.95);
        if (days % 7 != 0) return null;
        if (next < t.Length && t[next].Text is "on" && Weekday(t, next + 1, today) is var (day, end, _)) return (day.PlusDays(days), end, 0.95);
        if (next < t.Length && t[next].Text is "today" or "tomorrow") return (today.PlusDays(days + (t[next].Text is "today" ? 0 : 1)), next + 1, 0.95);
        return next < t.Length && Weekday(t, next, today) is var (weekday, last, _) ? (weekday.PlusDays(days), last, 0.9) : null;
    }

    /// <summary>"tomorrow week", "Tuesday week", "Tuesday fortnight": counted from the day.</summary>
    private static (LocalDate, int, double) Week(ReadOnlySpan<Token> t, LocalDate day, int next) =>
        next < t.Length && t[next].Text is "week" ? (day.PlusDays(7), next + 1, 0.95)
        : next < t.Length && t[next].Text is "fortnight" ? (day.PlusDays(14), next + 1, 0.95)
        : (day, next, 0.98);

    /// <summary>"two weeks", "a fortnight", "three days", "a week", as days.</summary>
    internal static (int Days, int Next)? Amount(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        var (count, next) = t[at].Text is "a" or "an" ? (1, at + 1)
            : Is(t, at, "couple", "of") ? (2, at + 2)
            : Numbers.BelowHundred(t, at) is var (n, after) ? (n, after) : (0, at);
        if (Is(t, at, "a", "couple", "of")) (count, next) = (2, at + 3);
        if (count == 0 && t[at].Text is not "fortnight" || next >= t.Length || count > 400) return null;
        return t[next].Text switch
        {
            "day" or "days" => (count, next + 1),
            "week" or "weeks" or "week's" or "weeks'" => (count * 7, next + 1),
            "fortnight" or "fortnights" => (Math.Max(count, 1) * 14, next + 1),
            _ => null,
        };
    }

    private static (LocalDate, int, double)? Weekday(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        if (at >= t.Length) return null;
        var (word, next) = (t[at].Text, at);
        var modifier = "";
        if (word is "this" or "next" or "coming" or "following" or "last")
        {
            modifier = word;
            next++;
            if (next < t.Length && t[next].Text is "coming" or "following") next++;
        }
        else if (word is "the" && at + 1 < t.Length && t[at + 1].Text is "coming" or "following" or "next")
        {
            modifier = t[at + 1].Text;
            next += 2;
        }

        if (next >= t.Length) return null;

        // "sun" and "sat" are words of their own; beside a date they are days.
        if (t[next].Text is "sun" or "sat" && Calendar(t, next + 1, today) is var (day, after, sure)) return (day, after, sure);
        if (!Weekdays.TryGetValue(t[next].Text, out var weekday)) return null;
        next++;
        if (DayOfMonthAfterWeekday(t, next, today, weekday) is { } dated) return dated;
        if (Is(t, next, "after", "next")) return (today.Next(IsoDayOfWeek.Monday).PlusDays(7).PlusDays((int)weekday - 1), next + 2, 0.9);
        if (Is(t, next, "of", "next", "week") || Is(t, next, "next", "week")) return (InNextWeek(today, weekday), next + (t[next].Text is "of" ? 3 : 2), 0.97);
        if (Is(t, next, "this", "week")) return (today.Next(IsoDayOfWeek.Monday).PlusDays(-7).PlusDays((int)weekday - 1), next + 2, 0.97);
        return modifier switch
        {
            "next" => (InNextWeek(today, weekday), next, 0.85),
            "last" => (today.Previous(weekday), next, 0.9),
            "this" when today.DayOfWeek == weekday => (today, next, 0.9),
            _ => Week(t, today.Next(weekday), next),
        };
    }

    private static LocalDate InNextWeek(LocalDate today, IsoDayOfWeek weekday) => today.Next(IsoDayOfWeek.Monday).PlusDays((int)weekday - 1);

    private static (LocalDate, int, double)? DayOfMonthAfterWeekday(ReadOnlySpan<Token> t, int at, LocalDate today, IsoDayOfWeek weekday)
    {
        if (at >= t.Length || Calendar(t, at, today) is not var (day, next, _)) return null;
        if (day.DayOfWeek == weekday) return (day, next, 0.99);
        return t[at].Text is "the" || Months.ContainsKey(t[at].Text) || Numbers.Ordinal(t, at) is not null ? (day, next, 0.7) : null;
    }

    /// <summary>"the 3rd", "3rd of December", "December 3", "2026-12-03", "3/12", "3/12/2026". Without a year: the next such day.</summary>
    internal static (LocalDate Day, int Next, double Confidence)? Calendar(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        if (CalendarParts.Read(t, at) is not { } parts) return null;
        if (parts.Month == 0)
        {
            for (var month = 0; month < 3; month++)
            {
                var first = new LocalDate(today.Year, today.Month, 1).PlusMonths(month);
                if (parts.Day > first.Calendar.GetDaysInMonth(first.Year, first.Month)) continue;
                var day = new LocalDate(first.Year, first.Month, parts.Day);
                if (day >= today) return (day, parts.Next, parts.Sure ? 0.9 : 0.7);
            }

            return null;
        }

        for (var year = parts.Year == 0 ? today.Year : parts.Year; ; year++)
        {
            if (parts.Day > CalendarSystem.Iso.GetDaysInMonth(year, parts.Month)) return parts.Year != 0 || year > today.Year + 4 ? null : NextLeap(parts, today);
            var day = new LocalDate(year, parts.Month, parts.Day);
            if (parts.Year != 0 || day >= today) return (day, parts.Next, 0.97);
        }
    }

    private static (LocalDate, int, double)? NextLeap(CalendarParts parts, LocalDate today)
    {
        for (var year = today.Year; year < today.Year + 9; year++)
            if (parts.Day <= CalendarSystem.Iso.GetDaysInMonth(year, parts.Month) && new LocalDate(year, parts.Month, parts.Day) is var day && day >= today)
                return (day, parts.Next, 0.9);
        return null;
    }

    internal static bool Is(ReadOnlySpan<Token> t, int at, params ReadOnlySpan<string> words)
    {
        if (at + words.Length > t.Length) return false;
        for (var i = 0; i < words.Length; i++) if (t[at + i].Text != words[i]) return false;
        return true;
    }
}
