using System.Net;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>A SIP or SIPS URI (RFC 3261 section 19.1), as it was written.</summary>
/// <param name="Secure">Scheme <c>sips</c>.</param>
/// <param name="User">As written, escapes included, without password; null = none.</param>
/// <param name="Password">As written; null = none.</param>
/// <param name="Host">Name, IPv4 address, or IPv6 address in brackets.</param>
/// <param name="Port">0 = not given.</param>
/// <param name="Parameters">Behind the host.</param>
/// <param name="Headers">Behind the question mark; null = none.</param>
internal sealed record SipUri(bool Secure, string? User, string? Password, string Host, int Port, SipParameters Parameters, string? Headers)
{
    private const int LengthMax = 4096;
    private static readonly string[] Compared = ["user", "ttl", "method", "maddr", "transport"];

    /// <summary>A plain URI of ours.</summary>
    internal static SipUri Of(string? user, string host, int port, string? transport = null) =>
        new(false, user, null, host, port, transport is null or "udp" ? SipParameters.None : SipParameters.None.With("transport", transport), null);

    /// <summary>Loose routing (RFC 3261 section 19.1.1).</summary>
    internal bool IsLoose => Parameters.Has("lr");

    /// <summary>Address and port if the host is a literal.</summary>
    internal IPAddress? Address => IPAddress.TryParse(Host.AsSpan().Trim("[]"), out var address) ? address : null;

    /// <summary>The user without escapes: for comparing and showing.</summary>
    internal string PlainUser => User is null ? "" : SipText.Unescape(User);

    internal static SipUri? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > LengthMax) return null;
        var secure = text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        if (!secure && !text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)) return null;
        text = text[(secure ? 5 : 4)..];
        if (text.ContainsAny(" \t<>\"") || text.ContainsAnyInRange('\0', '\x1f')) return null;

        string? user = null, password = null, headers = null;
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            var who = text[..at];
            var colon = who.IndexOf(':');
            user = (colon < 0 ? who : who[..colon]).ToString();
            password = colon < 0 ? null : who[(colon + 1)..].ToString();
            if (user.Length == 0 || !EscapesAreWhole(who)) return null;
            text = text[(at + 1)..];
        }

        var question = text.IndexOf('?');
        if (question >= 0)
        {
            headers = text[(question + 1)..].ToString();
            text = text[..question];
        }

        var semicolon = text.IndexOf(';');
        if (!SipParametersOfUri.TryParse(semicolon < 0 ? default : text[semicolon..], out var parameters)) return null;
        return SipHostPort.TryParse(semicolon < 0 ? text : text[..semicolon], out var host, out var port)
            ? new(secure, user, password, host, port, parameters, headers)
            : null;
    }

    private static bool EscapesAreWhole(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0 && i < text.Length; i++)
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))) return false;
        return true;
    }

    /// <summary>Equal for SIP's purposes: user case-sensitive and unescaped, host without case, port and the parameters that count equal (RFC 3261 section 19.1.4).</summary>
    internal bool IsSameAs(SipUri other) =>
        Secure == other.Secure && PlainUser == other.PlainUser && Password == other.Password && SipText.Same(Host, other.Host) && Port == other.Port
        && Headers == other.Headers && Array.TrueForAll(Compared, name => SipText.Same(Parameters[name], other.Parameters[name]));

    public override string ToString() =>
        $"{(Secure ? "sips" : "sip")}:{(User is null ? "" : Password is null ? User + "@" : $"{User}:{Password}@")}{Host}{(Port == 0 ? "" : $":{Port}")}{Parameters}{(Headers is null ? "" : "?" + Headers)}";
}

/// <summary>Parameters of a URI: their values may hold characters that a header's may not, and no quotes.</summary>
internal static class SipParametersOfUri
{
    internal static bool TryParse(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = SipParameters.None;
        if (text.IsEmpty) return true;
        foreach (var range in text[1..].Split(';'))
        {
            var one = text[1..][range];
            var equals = one.IndexOf('=');
            var name = equals < 0 ? one : one[..equals];
            if (name.IsEmpty) return false;
            parameters = parameters.With(name.ToString(), equals < 0 ? null : one[(equals + 1)..].ToString());
        }

        return true;
    }
}

/// <summary><c>host[:port]</c>.</summary>
internal static class SipHostPort
{
    internal static bool TryParse(ReadOnlySpan<char> text, out string host, out int port)
    {
        (host, port) = ("", 0);
        var name = text;
        var rest = ReadOnlySpan<char>.Empty;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 0) return false;
            name = text[..(end + 1)];
            rest = SipText.Trim(text[(end + 1)..]);
            if (!IPAddress.TryParse(name[1..^1], out _)) return false;
        }
        else if (text.IndexOf(':') is var colon and >= 0)
        {
            name = SipText.Trim(text[..colon]);
            rest = text[colon..];
        }

        if (name.IsEmpty || (name[0] != '[' && !IsName(name))) return false;
        if (!rest.IsEmpty)
        {
            if (rest[0] != ':' || !SipText.TryNumber(SipText.Trim(rest[1..]), 65535, out var number) || number == 0) return false;
            port = (int)number;
        }

        host = name.ToString();
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')) return false;
        return true;
    }
}
