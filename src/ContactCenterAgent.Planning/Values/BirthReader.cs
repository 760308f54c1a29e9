using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Days of birth: a day with its year, short years too ("twelfth of March eighty four", "12 3 84"). Without the year it is not complete.</summary>
internal static class BirthReader
{
    public static void Read(ReadOnlySpan<Token> t, LocalDate today, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length;)
        {
            if (At(t, i, today) is { } found)
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

    private static ValueSpan? At(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        if (DateReader.Is(t, at, "the") && Plain(t, at + 1, today) is { } numbered) return numbered;
        if (CalendarParts.Read(t, at) is { Month: > 0 } parts)
        {
            if (parts.Year == 0 && Years.Read(t, parts.Next, allowShort: true) is var (year, next)) parts = parts with { Year = year, Next = next };
            return parts.Year == 0
                ? new(at, parts.Next, ParameterType.DateOfBirth, $"{parts.Month:00}-{parts.Day:00}", 0.5, Complete: false)
                : Whole(at, parts.Next, parts, today, 0.95);
        }

        return Plain(t, at, today);
    }

    /// <summary>"twelve three eighty four", "12 3 1984", "twelve oh three nineteen eighty four".</summary>
    private static ValueSpan? Plain(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        if (Two(t, at) is not var (day, afterDay) || Two(t, SkipOf(t, afterDay)) is not var (month, afterMonth) || Years.Read(t, afterMonth, allowShort: true) is not var (year, next)) return null;
        if (month > 12 && day <= 12) (day, month) = (month, day);
        return day is >= 1 and <= 31 && month is >= 1 and <= 12 ? Whole(at, next, new(day, month, year, next, false), today, 0.75) : null;
    }

    /// <summary>"the first of the second": a month by its number.</summary>
    private static int SkipOf(ReadOnlySpan<Token> t, int at) => DateReader.Is(t, at, "of", "the") ? at + 2 : DateReader.Is(t, at, "of") ? at + 1 : at;

    private static (int, int)? Two(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        if (Numbers.Digit(t[at].Text) is '0' && at + 1 < t.Length && Numbers.Digit(t[at + 1].Text) is { } unit) return (unit - '0', at + 2);
        if (Numbers.Ordinal(t, at) is { } ordinal) return ordinal;
        return Numbers.BelowHundred(t, at) is var (v, next) && v is >= 1 and <= 31 ? (v, next) : null;
    }

    private static ValueSpan? Whole(int at, int next, CalendarParts parts, LocalDate today, double confidence)
    {
        if (parts.Day > CalendarSystem.Iso.GetDaysInMonth(parts.Year, parts.Month)) return null;
        var day = new LocalDate(parts.Year, parts.Month, parts.Day);
        if (day > today) day = day.Year - 100 > today.Year - 125 && parts.Year >= 2000 ? day.PlusYears(-100) : day;
        return day > today ? null : new(at, next, ParameterType.DateOfBirth, DateReader.Canonical(day), confidence);
    }
}
