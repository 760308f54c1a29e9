using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>
/// Brings a value that a model wrote into its type's canonical form (see <see cref="ParameterType"/>), the form that the embedded planner's readers give. What does not
/// fit the type is refused, never guessed at.
/// </summary>
internal static class CanonicalValues
{
    private const int CharactersMax = 500;

    // Linear in the text, so that a busy machine makes no value unacceptable.
    private static readonly Regex British = new(
        "^(GIR0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))[0-9][ABD-HJLNP-UW-Z]{2}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <returns>The canonical value; null = not of the type.</returns>
    internal static string? Read(ToolParameter parameter, string text, DateTime localNow)
    {
        text = text.Trim();
        if (text.Length is 0 or > CharactersMax) return null;
        var value = parameter.Type switch
        {
            ParameterType.Text => OneSpaced(text).ToLowerInvariant(),
            ParameterType.Choice => Choice(parameter, OneSpaced(text)),
            ParameterType.Date => Day(text),
            ParameterType.DateOfBirth => Birth(text, localNow),
            ParameterType.DateRange => Range(text, Day),
            ParameterType.Time => Time(text),
            ParameterType.TimeRange => Range(text, Time, "24:00"),
            ParameterType.DateTime => Moment(text),
            ParameterType.Duration => Duration(text),
            ParameterType.Count => Count(text),
            ParameterType.Number => Number(text),
            ParameterType.Money => Money(text),
            ParameterType.Boolean => text.ToLowerInvariant() switch { "true" or "yes" => "true", "false" or "no" => "false", _ => null },
            ParameterType.PersonName or ParameterType.Place => Capitalised(text),
            ParameterType.Phone => Phone(text),
            ParameterType.Email => Email(text),
            ParameterType.Postcode => Postcode(text),
            ParameterType.Reference => Unseparated(text).ToUpperInvariant(),
            ParameterType.Digits => Unseparated(text) is var digits && digits.All(char.IsAsciiDigit) ? digits : null,
            _ => text,
        };
        return value is { Length: > 0 } && Fits(parameter.Pattern, value) ? value : null;
    }

    /// <summary>What a value of a type looks like, for a model.</summary>
    internal static string Form(ParameterType type) => type switch
    {
        ParameterType.EntityId => "an id from a result, or $call.field",
        ParameterType.Date or ParameterType.DateOfBirth => "YYYY-MM-DD",
        ParameterType.DateRange => "YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD",
        ParameterType.Time => "HH:MM, 24 hours",
        ParameterType.TimeRange => "HH:MM or HH:MM/HH:MM, 24 hours",
        ParameterType.DateTime => "YYYY-MM-DDTHH:MM",
        ParameterType.Duration => "ISO 8601, PT30M",
        ParameterType.Count => "digits",
        ParameterType.Number => "a decimal number",
        ParameterType.Money => "amount and currency, 20.00 GBP",
        ParameterType.Boolean => "true or false",
        ParameterType.Phone => "E.164, +441632960123",
        ParameterType.Reference or ParameterType.Digits => "without spaces",
        _ => "text",
    };

    private static string? Choice(ToolParameter parameter, string text)
    {
        foreach (var choice in parameter.Values)
            if (choice.Value.Equals(text, StringComparison.OrdinalIgnoreCase)) return choice.Value;
        foreach (var choice in parameter.Values)
            if (choice.Words.Contains(text, StringComparer.OrdinalIgnoreCase)) return choice.Value;
        return null;
    }

    private static string? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd") : null;

    private static string? Birth(string text, DateTime localNow) =>
        Day(text) is { } day && string.CompareOrdinal(day, localNow.ToString("yyyy-MM-dd")) <= 0 && string.CompareOrdinal(day, "1900") > 0 ? day : null;

    private static string? Time(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:00"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToString("HH:mm") : null;

    private static string? Range(string text, Func<string, string?> read, string? end = null)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return read(text);
        var (from, to) = (read(text[..slash].Trim()), text[(slash + 1)..].Trim());
        var until = to == end ? end : read(to);
        if (from is null || until is null || string.CompareOrdinal(from, until) > 0) return null;
        return from == until ? from : $"{from}/{until}";
    }

    private static string? Moment(string text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:00", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at.ToString("yyyy-MM-ddTHH:mm")
            : null;

    private static string? Duration(string text)
    {
        text = text.ToUpperInvariant();
        if (text is ['P', .. var weeks, 'W'] && int.TryParse(weeks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return $"P{count * 7}D";
        try
        {
            return XmlConvert.ToTimeSpan(text) > TimeSpan.Zero ? text : null;
        }
        catch (Exception bad) when (bad is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count.ToString() : null;

    private static string? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
            : null;

    private static string? Money(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || text.Length - space != 4 || !text.AsSpan(space + 1).ContainsOnlyUpper()) return null;
        return decimal.TryParse(text.AsSpan(0, space), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? $"{amount.ToString("0.00", CultureInfo.InvariantCulture)} {text[(space + 1)..]}"
            : null;
    }

    /// <summary>UK national numbers start with 0; ten digits that do not are American (ITU-T E.164; Ofcom's numbering plan; NANP).</summary>
    private static string? Phone(string text)
    {
        var plus = text.StartsWith('+');
        var digits = Unseparated(text.Replace("(0)", "", StringComparison.Ordinal).TrimStart('+'));
        if (!digits.All(char.IsAsciiDigit)) return null;
        if (!plus && digits.StartsWith("00", StringComparison.Ordinal)) (digits, plus) = (digits[2..], true);
        if (plus) return digits.Length is >= 9 and <= 15 && digits[0] != '0' ? "+" + digits : null;
        if (digits.Length == 11 && digits[0] == '0') return "+44" + digits[1..];
        if (digits.Length == 12 && digits.StartsWith("44", StringComparison.Ordinal)) return "+" + digits;
        if (digits.Length == 10 && digits[0] is >= '2' and <= '9') return "+1" + digits;
        return digits.Length == 11 && digits[0] == '1' && digits[1] is >= '2' ? "+" + digits : null;
    }

    private static string? Email(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var dot = text.LastIndexOf('.');
        return at > 0 && at == text.LastIndexOf('@') && dot > at + 1 && dot < text.Length - 1 && !text.Any(char.IsWhiteSpace) ? text.ToLowerInvariant() : null;
    }

    private static string? Postcode(string text)
    {
        var whole = Unseparated(text).ToUpperInvariant();
        if (whole.Length is 5 or 9 && whole.All(char.IsAsciiDigit)) return whole.Length == 9 ? $"{whole[..5]}-{whole[5..]}" : whole;
        return British.IsMatch(whole) ? $"{whole[..^3]} {whole[^3..]}" : null;
    }

    private static string Capitalised(string text) =>
        string.Join(' ', OneSpaced(text).Split(' ').Select(word => char.ToUpperInvariant(word[0]) + (word.Skip(1).Any(char.IsLower) ? word[1..] : word[1..].ToLowerInvariant())));

    private static string OneSpaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Unseparated(string text) => string.Concat(text.Where(c => c is not (' ' or '-' or '.' or '(' or ')' or '/')));

    private static bool ContainsOnlyUpper(this ReadOnlySpan<char> text)
    {
        foreach (var c in text) if (!char.IsAsciiLetterUpper(c)) return false;
        return true;
    }

    private static bool Fits(string? pattern, string value)
    {
        if (pattern is null) return true;
        try
        {
            return Patterns.GetOrAdd(pattern, Whole).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // Declared by tools: few, and known for the life of the process.
    private static Regex Whole(string pattern)
    {
        var whole = $"^(?:{pattern.TrimStart('^').TrimEnd('$')})$";
        try
        {
            return new(whole, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        }
        catch (NotSupportedException)
        {
            return new(whole, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
    }
}
