using System.Text;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>What is wrong with a message, as the response to it would say.</summary>
/// <param name="Status">400, 413, 414, 416, 505 or 513.</param>
/// <param name="Reason">Short, ours; never a peer's text.</param>
internal sealed record SipFault(int Status, string Reason);

/// <summary>What bytes turned out to be.</summary>
/// <param name="Message">Null = nothing that could be answered. With a fault: as much as could be read, at least one Via.</param>
/// <param name="Fault">Null = in good form.</param>
internal readonly record struct SipParsed(SipMessage? Message, SipFault? Fault);

/// <summary>How the end of a body is found.</summary>
internal enum SipFraming
{
    /// <summary>A datagram is one message; without Content-Length the rest of it is the body.</summary>
    Datagram,

    /// <summary>A stream was cut by Content-Length before.</summary>
    Stream,
}

/// <summary>Bytes to messages (RFC 3261 section 7, RFC 4475). What is wrong is a value: nothing that a peer sends makes this throw.</summary>
internal static class SipParser
{
    internal const int BytesMax = 65_535;
    private const int HeadersMax = 200;
    private const int UriMax = 4_096;
    private const int ViasMax = 70;

    internal static SipParsed Parse(ReadOnlySpan<byte> bytes, SipFraming framing)
    {
        while (!bytes.IsEmpty && bytes[0] is (byte)'\r' or (byte)'\n') bytes = bytes[1..];
        if (bytes.IsEmpty) return default;
        var fault = bytes.Length > BytesMax ? new SipFault(513, "Message Too Large") : null;
        var head = SipHead.End(bytes, out var body);
        if (head < 0)
        {
            (head, body) = (bytes.Length, bytes.Length);
            fault ??= new(400, "No Empty Line Behind The Headers");
        }

        var lines = new SipLines(Encoding.Latin1.GetString(bytes[..head]));
        if (!lines.Next(out var start) || start.Contains('\r')) return default;
        var message = StartLine(start, ref fault);
        if (message is null) return default;
        ReadHeaders(message, lines, ref fault);
        SipChecks.Check(message, ref fault);
        if (message.Vias.Count == 0) return default;
        ReadBody(message, bytes[body..], framing, ref fault);
        return new(message, fault);
    }

    private static SipMessage? StartLine(ReadOnlySpan<char> line, ref SipFault? fault)
    {
        if (line.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase)) return StatusLine(line);
        var blank = line.IndexOf(' ');
        if (blank <= 0 || !SipText.IsToken(line[..blank])) return null;
        var method = line[..blank].ToString();
        var last = line.LastIndexOf(' ');
        var version = line[(last + 1)..];
        if (last == blank || !version.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase))
        {
            fault ??= new(400, "Bad Request Line");
            return new SipRequest(method, "");
        }

        if (!SipText.Same(version, "SIP/2.0")) fault ??= new(505, "Version Not Supported");
        var uri = line[(blank + 1)..last];
        if (uri.Length > UriMax) fault ??= new(414, "Request-URI Too Long");
        else if (uri.IsEmpty || uri.ContainsAny(" \t<>\"") || uri.IndexOf(':') <= 0 || !SipText.IsToken(uri[..uri.IndexOf(':')])) fault ??= new(400, "Bad Request-URI");
        var request = new SipRequest(method, uri.Length > UriMax ? "" : uri.ToString());
        if (request.Uri?.Headers is not null) fault ??= new(400, "Bad Request-URI");
        if (request.Uri is null && fault is null)
        {
            var sip = uri.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
            fault = sip ? new(400, "Bad Request-URI") : uri.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? null : new(416, "Unsupported URI Scheme");
        }

        return request;
    }

    /// <summary>A status line; one that is broken is nothing, for nothing is sent back for it.</summary>
    private static SipResponse? StatusLine(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("SIP/2.0 ", StringComparison.OrdinalIgnoreCase) || line.Length < 11) return null;
        line = line[8..];
        if (!SipText.TryNumber(line[..3], 699, out var status) || status < 100 || (line.Length > 3 && line[3] != ' ')) return null;
        return new((int)status, line.Length > 4 ? line[4..].ToString() : "");
    }

    private static void ReadHeaders(SipMessage message, SipLines lines, ref SipFault? fault)
    {
        while (lines.Next(out var line))
        {
            var colon = line.IndexOf(':');
            var name = SipText.Trim(colon < 0 ? line : line[..colon]);
            // A carriage return in mid-line is a line end to some and not to others: what it hides is not guessed.
            if (colon < 0 || !SipText.IsToken(name) || line.Contains('\r'))
            {
                fault ??= new(400, "Bad Header Line");
                continue;
            }

            if (message.Headers.Count == HeadersMax)
            {
                fault ??= new(513, "Too Many Headers");
                return;
            }

            var header = new SipHeader(SipHeaderNames.Canonical(name), SipText.Trim(line[(colon + 1)..]).ToString());
            message.Headers.Add(header);
            if (header.Name == "Via") ReadVias(message, header.Value, ref fault);
        }
    }

    private static void ReadVias(SipMessage message, string value, ref SipFault? fault)
    {
        foreach (var one in SipText.List(value) ?? [])
        {
            if (Via.Parse(one) is not { } via)
            {
                fault ??= new(400, "Bad Via");
                return;
            }

            if (message.Vias.Count == ViasMax)
            {
                fault ??= new(513, "Too Many Hops");
                return;
            }

            message.Vias.Add(via);
        }

        if (message.Vias.Count == 0) fault ??= new(400, "Bad Via");
    }

    private static void ReadBody(SipMessage message, ReadOnlySpan<byte> rest, SipFraming framing, ref SipFault? fault)
    {
        var length = rest.Length;
        if (message["Content-Length"] is { } text)
        {
            if (!SipText.TryNumber(text, int.MaxValue, out var said)) fault ??= new(400, "Bad Content-Length");
            else if (said > rest.Length) fault ??= new(400, "Message Shorter Than Content-Length");
            else length = (int)said;
        }
        else if (framing == SipFraming.Stream)
        {
            length = 0;
        }

        message.Body = rest[..length].ToArray();
    }
}
