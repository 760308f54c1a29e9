using ContactCenterAgent.Plugins.Shared;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>Days from and to, both included: the canonical form of a date range, <c>2026-11-23/2026-11-29</c> or one day alone.</summary>
internal readonly record struct DayRange(LocalDate From, LocalDate To)
{
    /// <summary>Reads an argument.</summary>
    /// <exception cref="ArgumentException">It is no date range, or longer than a year.</exception>
    public static DayRange Parse(string text, string parameter)
    {
        var ends = text.Split('/');
        if (ends.Length > 2) throw ToolArguments.Unacceptable(parameter);
        var range = new DayRange(Day(ends[0], parameter), Day(ends[^1], parameter));
        var days = Period.DaysBetween(range.From, range.To);
        return days is >= 0 and <= 366 ? range : throw ToolArguments.Unacceptable(parameter);
    }

    /// <summary>Every day of it.</summary>
    public IEnumerable<LocalDate> Days()
    {
        for (var day = From; day <= To; day = day.PlusDays(1)) yield return day;
    }

    private static LocalDate Day(string text, string parameter) =>
        LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day) ? day : throw ToolArguments.Unacceptable(parameter);
}
