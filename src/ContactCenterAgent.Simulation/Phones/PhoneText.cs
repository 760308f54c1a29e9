using System.Globalization;
using System.Net;
using System.Text;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>What a plain phone says over UDP (RFC 3261, RFC 3264), written and read apart from the line's own parser: neither can hide the other's mistakes.</summary>
internal static class PhoneText
{
    public static byte[] Invite(Phone phone, IPEndPoint local, IPEndPoint target, int soundPort, int reportPort) => Request("INVITE", phone, local, target, $"sip:agent@{target}", 1,
        $"""
        v=0
        o=- {phone.Number + 1} 1 IN IP4 {local.Address}
        s=-
        c=IN IP4 {local.Address}
        t=0 0
        m=audio {soundPort} RTP/AVP 0 101
        a=rtcp:{reportPort}
        a=rtpmap:101 telephone-event/8000
        a=ptime:20

        """.ReplaceLineEndings("\r\n"));

    /// <summary>The ACK of a refusal belongs to the INVITE; that of a 200 is a request of its own (section 13.2.2.4, 17.1.1.3).</summary>
    public static byte[] Ack(Phone phone, IPEndPoint local, IPEndPoint target) => Request("ACK", phone, local, target, phone.Contact ?? $"sip:agent@{target}", 1, "");

    public static byte[] Bye(Phone phone, IPEndPoint local, IPEndPoint target) => Request("BYE", phone, local, target, phone.Contact ?? $"sip:agent@{target}", 2, "");

    /// <summary>An answer to what the line asks.</summary>
    public static byte[] Answer(string request, int status, string reason)
    {
        var answer = new StringBuilder().Append(CultureInfo.InvariantCulture, $"SIP/2.0 {status} {reason}\r\n");
        foreach (var line in Lines(request))
            if (IsOneOf(line, "Via:", "From:", "To:", "Call-ID:", "CSeq:")) answer.Append(line).Append("\r\n");
        return Encoding.ASCII.GetBytes(answer.Append("Content-Length: 0\r\n\r\n").ToString());
    }

    /// <summary>The first header of a name, without the name; null = there is none.</summary>
    public static string? Header(string message, string name)
    {
        foreach (var line in Lines(message))
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) return line[(name.Length + 1)..].Trim();
        return null;
    }

    /// <summary>The URI of a Contact, between its brackets.</summary>
    public static string? UriOf(string? contact) => contact is not null && contact.IndexOf('<', StringComparison.Ordinal) is >= 0 and var from && contact.IndexOf('>', from) is > 0 and var to ? contact[(from + 1)..to] : contact;

    /// <summary>Where the answer's sound comes from.</summary>
    public static IPEndPoint? SoundOf(string message)
    {
        IPAddress? address = null;
        foreach (var line in message.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("c=IN IP4 ", StringComparison.Ordinal)) _ = IPAddress.TryParse(line[9..], out address);
            if (line.StartsWith("m=audio ", StringComparison.Ordinal) && address is not null && int.TryParse(line.Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return new(address, port);
        }

        return null;
    }

    private static byte[] Request(string method, Phone phone, IPEndPoint local, IPEndPoint target, string uri, int number, string body)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {local};branch=z9hG4bK{phone.CallId}{(method == "ACK" && phone.Contact is null ? "INVITE" : method)};rport\r\n");
        text.Append(CultureInfo.InvariantCulture, $"From: <sip:{phone.Number + 2_000_000}@{local.Address}>;tag={phone.CallId}f\r\nTo: {phone.To ?? $"<sip:agent@{target.Address}>"}\r\nCall-ID: {phone.CallId}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"CSeq: {number} {method}\r\nContact: <sip:{phone.Number + 2_000_000}@{local}>\r\nMax-Forwards: 70\r\n");
        if (body.Length > 0) text.Append("Content-Type: application/sdp\r\n");
        return Encoding.ASCII.GetBytes(text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}").ToString());
    }

    private static string[] Lines(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return message[..(end < 0 ? message.Length : end)].Split("\r\n");
    }

    private static bool IsOneOf(string line, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
