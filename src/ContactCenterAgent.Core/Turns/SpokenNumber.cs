using System.Globalization;
using System.Text;

namespace ContactCenterAgent.Core.Turns;

/// <summary>Money, telephone numbers, digits, references, postcodes and e-mail addresses, as they are said.</summary>
internal static class SpokenNumber
{
    /// <summary>A form that begins with a digit or a sign; null = a plain number or another form.</summary>
    public static string? Read(string text) => text[0] == '+' ? Phone(text) : Money(text) ?? Digits(text) ?? Letters(text) ?? Email(text);

    /// <summary>A reference or a postcode, letter by letter and digit by digit; null = another form.</summary>
    /// <remarks>A reference is four to twelve capital letters and digits, at least one of each: ordinary words and ids are not of that
    /// form.</remarks>
    public static string? Letters(string text)
    {
        var (letters, digits, spaces) = (0, 0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c)) letters++;
            else if (char.IsAsciiDigit(c)) digits++;
            else if (c == ' ') spaces++;
            else return null;
        }

        if (letters == 0 || digits == 0) return null;
        if (spaces == 0) return text.Length is >= 4 and <= 12 ? Grouped(text, 0, new StringBuilder()).ToString() : null;
        return spaces == 1 && IsPostcode(text) ? $"{Spaced(text.AsSpan(0, text.Length - 4))}, {Spaced(text.AsSpan(text.Length - 3))}" : null;
    }

    /// <summary>An e-mail address with its signs as words; null = another form.</summary>
    public static string? Email(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1 || text.Contains(' ', StringComparison.Ordinal)) return null;
        var said = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            _ = c switch
            {
                '@' => said.Append(" at "),
                '.' => said.Append(" dot "),
                '-' => said.Append(" dash "),
                '_' => said.Append(" underscore "),
                '+' => said.Append(" plus "),
                _ => said.Append(c),
            };
        }

        return said.ToString().Trim();
    }

    /// <summary>Digits as people write them down: British numbers in their national form, others after "plus" in threes.</summary>
    private static string? Phone(string text)
    {
        if (text.Length is < 8 or > 16) return null;
        foreach (var c in text.AsSpan(1))
            if (!char.IsAsciiDigit(c)) return null;
        if (!text.StartsWith("+44", StringComparison.Ordinal)) return Grouped(text[1..], 0, new StringBuilder("plus ")).ToString();

        var national = "0" + text[3..];
        var area = national.Length != 11 ? 0
            : national[1] == '2' ? 3
            : national[1] == '8' || (national[1] == '1' && (national[2] == '1' || national[3] == '1')) ? 4
            : 5;
        if (area == 0) return Grouped(national, 0, new StringBuilder()).ToString();
        var said = new StringBuilder(Spaced(national.AsSpan(0, area))).Append(", ");
        return (area == 3 ? said.Append(Spaced(national.AsSpan(3, 4))).Append(", ").Append(Spaced(national.AsSpan(7)))
            : Grouped(national, area, said)).ToString();
    }

    private static string? Money(string text)
    {
        if (text.Length is < 5 or > 24 || text[^4] != ' ') return null;
        foreach (var c in text.AsSpan(text.Length - 3))
            if (!char.IsAsciiLetterUpper(c)) return null;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text.AsSpan(0, text.Length - 4), Style, CultureInfo.InvariantCulture, out var amount)) return null;

        var sign = amount < 0 ? "minus " : "";
        amount = decimal.Round(Math.Abs(amount), 2);
        var whole = decimal.Truncate(amount);
        var small = (int)((amount - whole) * 100);
        var (one, many, cent, cents) = text[^3..] switch
        {
            "GBP" => ("pound", "pounds", "penny", "pence"),
            "EUR" => ("euro", "euros", "cent", "cents"),
            "USD" => ("dollar", "dollars", "cent", "cents"),
            _ => ("", "", "", ""),
        };
        if (one.Length == 0)
            return $"{sign}{amount.ToString("#,0.##", CultureInfo.InvariantCulture)} {Spaced(text.AsSpan(text.Length - 3))}";
        var big = whole.ToString("#,0", CultureInfo.InvariantCulture) + " " + (whole == 1 ? one : many);
        var rest = small + " " + (small == 1 ? cent : cents);
        return sign + (small == 0 ? big : whole == 0 ? rest : $"{big} and {rest}");
    }

    /// <summary>Digits that are read out; null = a count, which is said as a number.</summary>
    private static string? Digits(string text)
    {
        if (text.Length > 24 || (text.Length < 5 && (text.Length == 1 || text[0] != '0'))) return null;
        foreach (var c in text)
            if (!char.IsAsciiDigit(c)) return null;
        return Grouped(text, 0, new StringBuilder()).ToString();
    }

    /// <summary>A space after each sign, a comma where letters meet digits and in runs of more than five digits: threes, the last of two to
    /// four.</summary>
    private static StringBuilder Grouped(string text, int from, StringBuilder said)
    {
        while (from < text.Length)
        {
            var (start, run) = (from, from + 1);
            while (run < text.Length && char.IsAsciiDigit(text[run]) == char.IsAsciiDigit(text[from])) run++;
            while (from < run)
            {
                var left = run - from;
                var take = left <= 4 || (left == 5 && from == start) ? left : 3;
                said.Append(Spaced(text.AsSpan(from, take)));
                from += take;
                if (from < text.Length) said.Append(", ");
            }
        }

        return said;
    }

    private static string Spaced(ReadOnlySpan<char> text)
    {
        Span<char> said = stackalloc char[64];
        var length = 0;
        foreach (var c in text[..Math.Min(text.Length, 32)])
        {
            if (length > 0) said[length++] = ' ';
            said[length++] = c;
        }

        return new string(said[..length]);
    }

    /// <summary>British: two to four signs with a digit, a space, a digit and two letters.</summary>
    private static bool IsPostcode(string text) =>
        text.Length is >= 6 and <= 8 && text[^4] == ' ' && char.IsAsciiDigit(text[^3]) && char.IsAsciiLetterUpper(text[^2])
        && char.IsAsciiLetterUpper(text[^1]) && char.IsAsciiLetterUpper(text[0]);
}
