using System.Net;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>One hop (RFC 3261 section 20.42).</summary>
/// <param name="Transport">UDP, TCP, TLS or whatever was written.</param>
/// <param name="Host">Sent-by's host.</param>
/// <param name="Port">Sent-by's port; 0 = not given.</param>
/// <param name="Parameters">branch, received, rport and others.</param>
internal sealed record Via(string Transport, string Host, int Port, SipParameters Parameters)
{
    /// <summary>What branches of RFC 3261 begin with.</summary>
    internal const string Cookie = "z9hG4bK";

    internal string? Branch => Parameters["branch"];

    /// <summary>The branch alone tells transactions apart; otherwise RFC 2543's rules match (RFC 3261 section 17.2.3).</summary>
    internal bool HasCookie => Branch is { } branch && branch.StartsWith(Cookie, StringComparison.OrdinalIgnoreCase) && branch.Length > Cookie.Length;

    internal string SentBy => Port == 0 ? Host : $"{Host}:{Port}";

    internal static Via? Parse(ReadOnlySpan<char> text)
    {
        text = SipText.Trim(text);
        if (!TakeName(ref text, out var protocol) || !SipText.Same(protocol, "SIP") || !TakeName(ref text, out var version) || !SipText.IsToken(version)) return null;
        var blank = text.IndexOfAny(' ', '\t');
        if (blank <= 0) return null;
        var transport = text[..blank];
        if (!SipText.IsToken(transport)) return null;
        text = SipText.Trim(text[blank..]);
        var semicolon = text.IndexOf(';');
        var sentBy = SipText.Trim(semicolon < 0 ? text : text[..semicolon]);
        if (!SipHostPort.TryParse(sentBy, out var host, out var port)) return null;
        return SipParameters.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters) ? new(transport.ToString(), host, port, parameters) : null;
    }

    private static bool TakeName(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> name)
    {
        var slash = text.IndexOf('/');
        name = slash < 0 ? default : SipText.Trim(text[..slash]);
        if (slash >= 0) text = SipText.Trim(text[(slash + 1)..]);
        return !name.IsEmpty;
    }

    /// <summary>The hop with the address that its packet came from (RFC 3261 section 18.2.1, RFC 3581 section 4).</summary>
    internal Via Seen(IPEndPoint from)
    {
        var parameters = Parameters.Without("received");
        var address = from.Address.IsIPv4MappedToIPv6 ? from.Address.MapToIPv4() : from.Address;
        var asked = Parameters.Has("rport");
        if (asked) parameters = parameters.With("rport", $"{from.Port}");
        if (asked || !SipText.Same(Host.AsSpan().Trim("[]"), address.ToString())) parameters = parameters.With("received", address.ToString());
        return this with { Parameters = parameters };
    }

    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";
}
