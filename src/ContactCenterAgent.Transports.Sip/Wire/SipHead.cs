namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Where the headers end: an empty line, with CRLF or with LF alone.</summary>
internal static class SipHead
{
    /// <returns>Length of start line and headers; -1 = the empty line is not there yet.</returns>
    internal static int End(ReadOnlySpan<byte> bytes, out int body)
    {
        var from = 0;
        while (bytes[from..].IndexOf((byte)'\n') is var at and >= 0)
        {
            var next = from + at + 1;
            if (next < bytes.Length && bytes[next] == '\n')
            {
                body = next + 1;
                return next;
            }

            if (next + 1 < bytes.Length && bytes[next] == '\r' && bytes[next + 1] == '\n')
            {
                body = next + 2;
                return next;
            }

            from = next;
        }

        body = bytes.Length;
        return -1;
    }
}

/// <summary>Lines of a head; a line that begins with a blank goes on with the one before (RFC 3261 section 7.3.1).</summary>
internal ref struct SipLines(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The next line, folds joined by one blank.</summary>
    internal bool Next(out ReadOnlySpan<char> line)
    {
        line = default;
        if (_rest.IsEmpty) return false;
        line = Take();
        while (!_rest.IsEmpty && SipText.IsBlank(_rest[0])) line = string.Concat(line.TrimEnd(" \t"), " ", SipText.Trim(Take()));
        return true;
    }

    private ReadOnlySpan<char> Take()
    {
        var end = _rest.IndexOf('\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return line.EndsWith("\r") ? line[..^1] : line;
    }
}
