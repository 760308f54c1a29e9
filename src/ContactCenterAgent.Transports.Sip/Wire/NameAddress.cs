namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>A display name, a URI and parameters: From, To, Contact, Route, Refer-To (RFC 3261 section 20.10).</summary>
/// <param name="Display">Without quotes and escapes; null = none.</param>
/// <param name="UriText">The URI as it was written; its scheme may be any.</param>
/// <param name="Parameters">Those of the header, not of the URI.</param>
internal sealed record NameAddress(string? Display, string UriText, SipParameters Parameters)
{
    /// <summary>The URI, if it is a SIP URI in good form.</summary>
    internal SipUri? Uri => field ??= SipUri.Parse(UriText);

    internal string? Tag => Parameters["tag"];

    internal static NameAddress Of(SipUri uri) => new(null, uri.ToString(), SipParameters.None);

    internal NameAddress WithTag(string tag) => this with { Parameters = Parameters.With("tag", tag) };

    internal static NameAddress? Parse(ReadOnlySpan<char> text)
    {
        text = SipText.Trim(text);
        if (text.IsEmpty) return null;
        string? display = null;
        if (text[0] == '"')
        {
            var end = SipText.QuoteEnd(text, 0);
            if (end < 0) return null;
            display = SipText.Unquote(text[..(end + 1)]);
            text = SipText.Trim(text[(end + 1)..]);
            if (text.IsEmpty || text[0] != '<') return null;
        }

        var open = text.IndexOf('<');
        if (open < 0) return Bare(text);
        if (display is null)
        {
            var name = SipText.Trim(text[..open]);
            if (!IsTokens(name)) return null;
            if (!name.IsEmpty) display = name.ToString();
        }

        var close = text.IndexOf('>');
        if (close < open) return null;
        var uri = text[(open + 1)..close];
        return IsUri(uri) && SipParameters.TryParse(text[(close + 1)..], out var parameters) ? new(display, uri.ToString(), parameters) : null;
    }

    /// <summary>Without brackets, semicolons belong to the header and commas and question marks may not be in the URI.</summary>
    private static NameAddress? Bare(ReadOnlySpan<char> text)
    {
        var semicolon = text.IndexOf(';');
        var uri = SipText.Trim(semicolon < 0 ? text : text[..semicolon]);
        if (!IsUri(uri) || uri.ContainsAny(",?")) return null;
        return SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters) ? new(null, uri.ToString(), parameters) : null;
    }

    private static bool IsTokens(ReadOnlySpan<char> name)
    {
        foreach (var part in name.Split(' '))
            if (SipText.Trim(name[part]) is { IsEmpty: false } word && !SipText.IsToken(word)) return false;
        return true;
    }

    private static bool IsUri(ReadOnlySpan<char> uri)
    {
        var colon = uri.IndexOf(':');
        if (colon <= 0 || colon == uri.Length - 1 || uri.ContainsAny(" \t<>\"")) return false;
        if (!SipText.IsToken(uri[..colon]) || !char.IsAsciiLetter(uri[0])) return false;
        var sip = SipText.Same(uri[..colon], "sip") || SipText.Same(uri[..colon], "sips");
        return !sip || SipUri.Parse(uri) is not null;
    }

    public override string ToString() => $"{(Display is null ? "" : SipText.Quote(Display) + " ")}<{UriText}>{Parameters}";
}
