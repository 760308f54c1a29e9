using System.Text;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>What is in a body.</summary>
internal static class SipBodies
{
    internal const string Sdp = "application/sdp";
    private const int PartsMax = 16;

    /// <summary>Whether a body is one that we read; no body is.</summary>
    internal static bool IsReadable(SipMessage message) =>
        message.Body.IsEmpty || ((message.ContentType is null or Sdp || message.ContentType.StartsWith("multipart/", StringComparison.Ordinal))
            && message["Content-Encoding"] is null or "" or "identity");

    /// <summary>The session description, also within multipart (RFC 5621); null = none, or broken.</summary>
    internal static SessionDescription? Description(SipMessage message)
    {
        if (message.Body.IsEmpty) return null;
        if (message.ContentType is null or Sdp) return SessionDescription.Parse(message.Body.Span);
        return message.ContentType.StartsWith("multipart/", StringComparison.Ordinal) && Boundary(message["Content-Type"]!) is { } boundary ? Part(message.Body.Span, boundary) : null;
    }

    private static string? Boundary(string type)
    {
        var semicolon = type.IndexOf(';', StringComparison.Ordinal);
        return semicolon >= 0 && SipParameters.TryParse(type.AsSpan(semicolon), out var parameters) && parameters["boundary"] is { } boundary ? SipText.Unquote(boundary) : null;
    }

    private static SessionDescription? Part(ReadOnlySpan<byte> body, string boundary)
    {
        var mark = Encoding.Latin1.GetBytes("--" + boundary);
        for (var parts = 0; parts < PartsMax; parts++)
        {
            var start = body.IndexOf(mark);
            if (start < 0) return null;
            body = body[(start + mark.Length)..];
            var end = body.IndexOf(mark);
            if (end < 0) return null;
            var part = body[..end].TrimStart("\r\n "u8);
            var head = SipHead.End(part, out var content);
            if (head < 0) continue;
            var lines = new SipLines(Encoding.Latin1.GetString(part[..head]));
            while (lines.Next(out var line))
            {
                var colon = line.IndexOf(':');
                if (colon > 0 && SipHeaderNames.Canonical(SipText.Trim(line[..colon])) == "Content-Type" && SipText.Trim(line[(colon + 1)..]).StartsWith(Sdp, StringComparison.OrdinalIgnoreCase))
                    return SessionDescription.Parse(part[content..]);
            }
        }

        return null;
    }

    /// <summary>The key of an INFO; null = none of ours.</summary>
    internal static char? Digit(SipRequest info)
    {
        if (info.Body.Length is 0 or > 256) return null;
        var text = Encoding.Latin1.GetString(info.Body.Span);
        var key = info.ContentType switch
        {
            "application/dtmf" => text.AsSpan().Trim(),
            "application/dtmf-relay" => Signal(text),
            _ => default,
        };
        if (key.Length == 2 && key[0] == '1' && key[1] is '0' or '1') return key[1] == '0' ? '*' : '#';
        return key.Length == 1 && (char.IsAsciiDigit(key[0]) || key[0] is '*' or '#' or (>= 'A' and <= 'D') or (>= 'a' and <= 'd')) ? char.ToUpperInvariant(key[0]) : null;
    }

    private static ReadOnlySpan<char> Signal(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0 && SipText.Same(line[..equals].Trim(), "Signal")) return line[(equals + 1)..].Trim();
        }

        return default;
    }

    /// <summary>The status line of a <c>message/sipfrag</c> (RFC 3420); null = none.</summary>
    internal static int? Fragment(SipRequest notify)
    {
        if (notify.ContentType != "message/sipfrag" || notify.Body.Length < 11) return null;
        var text = Encoding.Latin1.GetString(notify.Body.Span[..11]);
        return text.StartsWith("SIP/2.0 ", StringComparison.OrdinalIgnoreCase) && SipText.TryNumber(text.AsSpan(8, 3), 699, out var status) && status >= 100 ? (int)status : null;
    }
}
