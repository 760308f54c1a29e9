using System.Globalization;
using ContactCenterAgent.Plugins.Shared;
using NodaTime;

namespace ContactCenterAgent.Plugins.Booking.Diary;

/// <summary>Minutes of the day from and to, the end excluded: the canonical form of a time range, <c>12:00/17:00</c> up to <c>24:00</c>, or one time alone.</summary>
internal readonly record struct DayTime(int From, int To)
{
    /// <summary>The whole day.</summary>
    public static readonly DayTime Any = new(0, 24 * 60);

    /// <summary>Reads an argument.</summary>
    /// <exception cref="ArgumentException">It is no time range.</exception>
    public static DayTime Parse(string text, string parameter)
    {
        var ends = text.Split('/');
        if (ends.Length > 2) throw ToolArguments.Unacceptable(parameter);
        var from = Minute(ends[0], parameter);
        return new(from, ends.Length == 1 ? from + 1 : Minute(ends[1], parameter));
    }

    /// <summary>Whether an appointment may start then.</summary>
    public bool Contains(LocalTime time) => time.Hour * 60 + time.Minute is var minute && minute >= From && minute < To;

    private static int Minute(string text, string parameter) =>
        text.Split(':') is [{ Length: 2 } h, { Length: 2 } m]
        && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
        && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && minute < 60 && hour * 60 + minute <= 24 * 60
            ? hour * 60 + minute
            : throw ToolArguments.Unacceptable(parameter);
}
