using System.Globalization;
using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Days, times, ranges of both and lengths of time, as they are said.</summary>
internal static class SpokenTime
{
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private const int DayMinutes = 24 * 60;
    private const int Noon = 12 * 60;

    /// <summary>A day, a time, both, or a range of either; null = another form.</summary>
    public static string? Read(string text, DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            if (TryDate(text, out var day)) return Day(day, today);
            if (TryTime(text, out var minutes)) return Time(minutes);
            return TryDateTime(text, out day, out minutes) ? $"{Day(day, today)} at {Time(minutes)}" : null;
        }

        var from = text.AsSpan(0, slash);
        var to = text.AsSpan(slash + 1);
        if (TryDate(from, out var first) && TryDate(to, out var last)) return Days(first, last, today);
        return TryTime(from, out var start) && TryTime(to, out var end) ? Times(start, end) : null;
    }

    /// <summary>The time alone of a day and time on the same day as another; null = not of that form, or another day.</summary>
    public static string? SameDay(string before, string text) =>
        TryDateTime(before, out var day, out _) && TryDateTime(text, out var other, out var minutes) && day == other ? Time(minutes) : null;

    /// <summary>An ISO 8601 length of whole units; null = another form.</summary>
    public static string? Duration(string text)
    {
        if (text.Length is < 3 or > 24 || text[0] != 'P') return null;
        var parts = new List<string>(3);
        var (inTime, number, digits) = (false, 0, 0);
        foreach (var c in text.AsSpan(1))
        {
            if (c == 'T' && !inTime && digits == 0) { inTime = true; continue; }
            if (char.IsAsciiDigit(c) && digits < 6) { number = number * 10 + (c - '0'); digits++; continue; }
            var unit = (inTime, c) switch
            {
                (false, 'Y') => "year",
                (false, 'M') => "month",
                (false, 'W') => "week",
                (false, 'D') => "day",
                (true, 'H') => "hour",
                (true, 'M') => "minute",
                (true, 'S') => "second",
                _ => null,
            };
            if (unit is null || digits == 0) return null;
            parts.Add(number == 1 ? "1 " + unit : $"{number} {unit}s");
            (number, digits) = (0, 0);
        }

        return parts.Count == 0 || digits > 0 ? null : string.Join(" and ", parts);
    }

    private static string Day(DateOnly day, DateOnly today)
    {
        if (day == today) return "today";
        if (day.DayNumber == today.DayNumber + 1) return "tomorrow";
        return Near(day, today) ? Weekday(day) + " " + Month(day) : Far(day, today);
    }

    // A past year is a birthday or a history, where a weekday would only be noise; a future one is a plan, where it helps.
    private static string Far(DateOnly day, DateOnly today) =>
        day < today ? $"{Month(day)} {day.Year}" : $"{Weekday(day)} {Month(day)} {day.Year}";

    private static bool Near(DateOnly day, DateOnly today) =>
        Math.Abs((day.Year - today.Year) * 12 + day.Month - today.Month) < 11;

    private static string Days(DateOnly first, DateOnly last, DateOnly today)
    {
        if (last < first) (first, last) = (last, first);
        if (first == last) return Day(first, today);
        if (Week(first, last, today) is { } week) return week;
        if (!Near(first, today) || !Near(last, today)) return $"from {Far(first, today)} to {Far(last, today)}";
        if (WholeMonth(first, last)) return "in " + Months[first.Month - 1];
        var start = first == today || first.DayNumber == today.DayNumber + 1 ? Day(first, today)
            : first.Month == last.Month ? $"{Weekday(first)} {first.Day}" : Day(first, today);
        return $"from {start} to {Day(last, today)}";
    }

    /// <summary>"this week" is what is left of it, with or without its weekend; "next week" is Monday to Friday, Saturday or
    /// Sunday.</summary>
    private static string? Week(DateOnly first, DateOnly last, DateOnly today)
    {
        var monday = today.DayNumber - ((int)today.DayOfWeek + 6) % 7;
        if (last.DayNumber - monday is >= 4 and <= 6 && (first.DayNumber == monday || first == today)) return "this week";
        return first.DayNumber == monday + 7 && last.DayNumber - first.DayNumber is >= 4 and <= 6 ? "next week" : null;
    }

    private static bool WholeMonth(DateOnly first, DateOnly last) =>
        first.Day == 1 && first.Month == last.Month && first.Year == last.Year && last.Day == DateTime.DaysInMonth(last.Year, last.Month);

    private static string Weekday(DateOnly day) => day.DayOfWeek.ToString();

    private static string Month(DateOnly day) => $"{day.Day} {Months[day.Month - 1]}";

    private static string Times(int start, int end) => (start, end) switch
    {
        (0, DayMinutes) => "at any time",
        ( <= 9 * 60, Noon) => "in the morning",
        (Noon, 17 * 60 or 18 * 60) => "in the afternoon",
        (17 * 60 or 18 * 60, >= 20 * 60 and < DayMinutes) => "in the evening",
        (_, DayMinutes) => "after " + Time(start),
        (0, _) => "before " + Time(end),
        _ when start == end => "at " + Time(start),
        _ => $"between {Time(start)} and {Time(end)}",
    };

    private static string Time(int minutes)
    {
        if (minutes == Noon) return "midday";
        if (minutes % DayMinutes == 0) return "midnight";
        var (hour, minute) = (minutes / 60, minutes % 60);
        var said = new StringBuilder(8).Append(hour % 12 == 0 ? 12 : hour % 12);
        if (minute > 0) said.Append(':').Append(minute.ToString("00", CultureInfo.InvariantCulture));
        return said.Append(hour < 12 ? " am" : " pm").ToString();
    }

    private static bool TryDateTime(ReadOnlySpan<char> text, out DateOnly day, out int minutes)
    {
        (day, minutes) = (default, 0);
        return text.Length > 11 && text[10] == 'T' && TryDate(text[..10], out day) && TryTime(text[11..], out minutes);
    }

    private static bool TryDate(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        if (!Number(text[..4], out var year) || !Number(text.Slice(5, 2), out var month) || !Number(text[8..], out var date)) return false;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    /// <summary>Hours and minutes, with seconds (which are not said) or without; 24:00 is the end of the day.</summary>
    private static bool TryTime(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text.Length is not (5 or 8) || text[2] != ':') return false;
        if (!Number(text[..2], out var hour) || !Number(text.Slice(3, 2), out var minute)) return false;
        if (text.Length == 8 && (text[5] != ':' || !Number(text[6..], out _))) return false;
        minutes = hour * 60 + minute;
        return minute < 60 && minutes <= DayMinutes;
    }

    private static bool Number(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }

        return true;
    }
}
