using System.Buffers;
using System.Globalization;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Characters of SIP's grammar (RFC 3261 section 25.1). A character here is a byte: text from the wire is kept as Latin-1, so that what is echoed is what came.</summary>
internal static class SipText
{
    private static readonly SearchValues<char> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~");
    private static readonly SearchValues<char> Word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~()<>:\\\"/[]?{}@");

    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    /// <summary>A Call-ID: <c>word [ "@" word ]</c>.</summary>
    internal static bool IsCallId(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Word);

    internal static bool IsBlank(char c) => c is ' ' or '\t';

    internal static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");

    internal static bool Same(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    /// <summary>A decimal number without a sign, from 0 to <paramref name="max"/>; any number of leading zeros.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, long max, out long number)
    {
        number = 0;
        if (text.IsEmpty) return false;
        foreach (var c in text)
        {
            if (c is < '0' or > '9') return false;
            number = number * 10 + (c - '0');
            if (number > max) return false;
        }

        return true;
    }

    /// <summary>Where <paramref name="wanted"/> stands outside quotes and angle brackets; -1 = nowhere; -2 = a quote or bracket does not end.</summary>
    internal static int IndexOutside(ReadOnlySpan<char> text, char wanted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == wanted) return i;
            if (text[i] == '"')
            {
                var end = QuoteEnd(text, i);
                if (end < 0) return -2;
                i = end;
            }
            else if (text[i] == '<')
            {
                var end = text[i..].IndexOf('>');
                if (end < 0) return -2;
                i += end;
            }
        }

        return -1;
    }

    /// <summary>Where the quoted string that begins at <paramref name="start"/> ends; -1 = it does not.</summary>
    internal static int QuoteEnd(ReadOnlySpan<char> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i;
        }

        return -1;
    }

    /// <summary>The elements of a comma list, trimmed; null = a quote or bracket does not end, or an element is empty.</summary>
    internal static List<string>? List(ReadOnlySpan<char> text)
    {
        var elements = new List<string>(1);
        while (true)
        {
            var comma = IndexOutside(text, ',');
            if (comma == -2) return null;
            var element = Trim(comma < 0 ? text : text[..comma]);
            if (element.IsEmpty) return null;
            elements.Add(element.ToString());
            if (comma < 0) return elements;
            text = text[(comma + 1)..];
        }
    }

    /// <summary>Takes the quotes off a quoted string and its escapes away; other text stays as it is.</summary>
    internal static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return text.ToString();
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length - 1) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    internal static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Replaces <c>%41</c> and its like; a broken escape stays as it is. For comparing and showing only, never for sending.</summary>
    internal static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%')) return text.ToString();
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                plain.Append((char)value);
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>What may be shown of a peer's text in a log or on a page: printable ASCII, cut at 64 characters, everything else as <c>?</c>.</summary>
    internal static string Shown(ReadOnlySpan<char> text)
    {
        var shown = text.Length > 64 ? string.Concat(text[..61], "...") : text.ToString();
        return string.Create(shown.Length, shown, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++) to[i] = from[i] is >= ' ' and < (char)127 and not ('<' or '>' or '"' or '\'' or '&' or '`' or '{' or '}') ? from[i] : '?';
        });
    }
}
