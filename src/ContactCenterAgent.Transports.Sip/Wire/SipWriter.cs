using System.Text;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Messages to bytes. Headers are written as they stand; Via and Content-Length are ours to write.</summary>
internal static class SipWriter
{
    internal static byte[] Write(SipMessage message)
    {
        var text = new StringBuilder(512);
        if (message is SipRequest request) text.Append(request.Method).Append(' ').Append(request.UriText).Append(" SIP/2.0\r\n");
        else if (message is SipResponse response) text.Append("SIP/2.0 ").Append(response.Status).Append(' ').Append(response.Reason).Append("\r\n");
        foreach (var via in message.Vias) Line(text, "Via", via.ToString());
        // What could not be read of a broken request goes back as it came.
        Line(text, "From", message.From == SipMessage.Nobody ? message["From"] : message.From.ToString());
        Line(text, "To", message.To == SipMessage.Nobody ? message["To"] : message.To.ToString());
        Line(text, "Call-ID", message.CallId.Length == 0 ? null : message.CallId);
        Line(text, "CSeq", message.CSeq.Method is null ? message["CSeq"] : message.CSeq.ToString());
        foreach (var (name, value) in message.Headers)
            if (name is not ("Via" or "From" or "To" or "Call-ID" or "CSeq" or "Content-Length")) Line(text, name, value);
        text.Append("Content-Length: ").Append(message.Body.Length).Append("\r\n\r\n");
        var head = Encoding.Latin1.GetByteCount(text.ToString());
        var bytes = new byte[head + message.Body.Length];
        Encoding.Latin1.GetBytes(text.ToString(), bytes);
        message.Body.Span.CopyTo(bytes.AsSpan(head));
        return bytes;
    }

    // A value of ours that holds a line end would be a header of somebody else's.
    private static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null) text.Append(name).Append(": ").Append(value.AsSpan().ContainsAny('\r', '\n') ? value.ReplaceLineEndings(" ") : value).Append("\r\n");
    }
}
