using System.Globalization;

namespace ContactCenterAgent.Speech.Keypad;

/// <summary>Keyed-in digits as a caller would say them.</summary>
internal static class KeyedValue
{
    /// <summary>Eight digits that are a day of the past, day first: "14 3 1980"; all others as they are.</summary>
    public static string Words(string digits) => Date(digits) is { } date ? $"{date.Day} {date.Month} {date.Year}" : digits;

    /// <summary>Eight digits that are a day, day first; null = they are something else.</summary>
    public static DateOnly? Date(string digits) =>
        DateOnly.TryParseExact(digits, "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2100 ? date : null;
}
