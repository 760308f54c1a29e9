using ContactCenterAgent.Planning.Values;
using NodaTime;
using NodaTime.Text;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>Two values said of the same thing without a correction: the one inside the other is meant.</summary>
internal static class Narrowed
{
    public static string Time(string first, string second)
    {
        var (range, point) = first.Contains('/') ? (first, second) : (second, first);
        if (!range.Contains('/') || point.Contains('/')) return second;
        var (from, to, at) = (Minute(range[..5]), Minute(range[6..]), Minute(point));
        if (at >= from && at < to) return point;
        return at + 12 * 60 >= from && at + 12 * 60 < to ? TimeReader.Text(at + 12 * 60) : second;
    }

    public static string Date(string first, string second)
    {
        var (range, point) = first.Contains('/') ? (first, second) : (second, first);
        if (!range.Contains('/') || point.Contains('/')) return second;
        var (from, to, day) = (Day(range[..10]), Day(range[11..]), Day(point));
        if (Period.DaysBetween(from, to) >= 7) return point;
        while (day < from) day = day.PlusDays(7);
        return day <= to ? DateReader.Canonical(day) : second;
    }

    internal static int Minute(string time) => int.Parse(time[..2]) * 60 + int.Parse(time[3..5]);

    internal static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
