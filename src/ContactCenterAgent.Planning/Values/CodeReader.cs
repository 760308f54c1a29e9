using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Phone numbers, postcodes, references and digits, from what was read out.</summary>
internal static partial class CodeReader
{
    // No text of a turn's length takes a microsecond a letter; only a machine that stands still reaches this.
    private const int MatchMilliseconds = 5000;

    public static void Phones(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        foreach (var run in CharacterRun.All(t, letters: false))
        {
            var digits = run.Text;
            if (digits.Length < 5 && !(run.Plus && digits.Length >= 2)) continue;
            if (E164(digits, run.Plus) is { } number) into.Add(new(run.From, run.To, ParameterType.Phone, number, 0.95));
            else if (run.To == t.Length && digits.Length < 11) into.Add(new(run.From, run.To, ParameterType.Phone, digits, 0.5, Complete: false));
        }
    }

    /// <summary>UK national numbers have 10 or 11 digits and start with 0; ten digits that do not are American (ITU-T E.164; Ofcom's numbering plan; NANP).</summary>
    internal static string? E164(string digits, bool plus)
    {
        if (!plus && digits.StartsWith("00", StringComparison.Ordinal)) (digits, plus) = (digits[2..], true);
        if (plus)
        {
            if (digits.StartsWith("440", StringComparison.Ordinal)) digits = "44" + digits[3..];
            var whole = digits.StartsWith("44", StringComparison.Ordinal) ? digits.Length is 11 or 12 : digits.StartsWith('1') ? digits.Length == 11 : digits.Length is >= 9 and <= 15;
            return whole ? "+" + digits : null;
        }

        if (digits.Length == 11 && digits[0] == '0') return "+44" + digits[1..];
        if (digits.Length == 12 && digits.StartsWith("44", StringComparison.Ordinal)) return "+" + digits;
        if (digits.Length == 10 && digits[0] is >= '2' and <= '9') return "+1" + digits;
        return digits.Length == 11 && digits[0] == '1' && digits[1] is >= '2' ? "+" + digits : null;
    }

    [GeneratedRegex("(GIR0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))([0-9][ABD-HJLNP-UW-Z]{2})", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex British { get; }

    [GeneratedRegex("^[0-9]{5}([0-9]{4})?$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex American { get; }

    [GeneratedRegex("^[A-Z]{1,2}[0-9]{0,2}[A-Z]?([0-9][A-Z]?)?$", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Beginning { get; }

    public static void Postcodes(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        foreach (var run in CharacterRun.All(t, letters: true))
        {
            var text = run.Text;
            if (British.Match(text) is { Success: true } match)
            {
                var whole = match.Value;
                var last = match.Index + match.Length - 1;
                into.Add(new(run.TokenOf(match.Index), last == text.Length - 1 ? run.To : run.TokenOf(last) + 1, ParameterType.Postcode, $"{whole[..^3]} {whole[^3..]}", 0.97));
            }
            else if (American.IsMatch(text))
            {
                into.Add(new(run.From, run.To, ParameterType.Postcode, text.Length == 9 ? $"{text[..5]}-{text[5..]}" : text, 0.6));
            }
            else if (run.To == t.Length && text.Length is >= 2 and < 7 && char.IsAsciiLetter(text[0]) && Beginning.IsMatch(text))
            {
                into.Add(new(run.From, run.To, ParameterType.Postcode, text, 0.4, Complete: false));
            }
        }
    }

    /// <summary>A reference of a declared pattern, anywhere within a run.</summary>
    public static void References(ReadOnlySpan<Token> t, Regex pattern, int kind, List<ValueSpan> into)
    {
        foreach (var run in CharacterRun.All(t, letters: true))
        {
            var text = run.Text;
            var match = pattern.Match(text);
            if (match is { Success: true, Length: > 0 })
            {
                var last = match.Index + match.Length - 1;
                into.Add(new(run.TokenOf(match.Index), last == text.Length - 1 ? run.To : run.TokenOf(last) + 1, ParameterType.Reference, match.Value, 0.95) { Kind = kind });
            }
            else if (run.To == t.Length && text.Length >= 2 && text.Any(char.IsAsciiDigit))
            {
                into.Add(new(run.From, run.To, ParameterType.Reference, text, 0.3, Complete: false) { Kind = kind });
            }
        }
    }

    public static void Digits(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        foreach (var run in CharacterRun.All(t, letters: false))
            if (run.Text.Length >= 2) into.Add(new(run.From, run.To, ParameterType.Digits, run.Text, run.Text.Length >= 4 ? 0.7 : 0.4) { Bare = true });
    }
}
