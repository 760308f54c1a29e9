namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>What a stream held next.</summary>
internal enum SipFrameKind
{
    /// <summary>Not whole yet.</summary>
    None,

    /// <summary>A message, from its start line to the end of its body.</summary>
    Message,

    /// <summary>A double CRLF between messages: the peer asks whether we are there (RFC 5626 section 3.5.1).</summary>
    Ping,

    /// <summary>The stream cannot be cut any more: no length, or a size over the limit. It is to be closed.</summary>
    Broken,
}

/// <summary>Cuts a stream into messages by Content-Length (RFC 3261 section 18.3): pieces of any size in, whole messages out.</summary>
internal sealed class SipFramer
{
    private byte[] _bytes = new byte[2048];
    private int _start;
    private int _end;
    private int _scanned;
    private bool _broken;

    /// <summary>Bytes that wait for the rest of their message.</summary>
    internal int Waiting => _end - _start;

    internal void Add(ReadOnlySpan<byte> piece)
    {
        if (_start == _end) (_start, _end) = (0, 0);
        if (_end + piece.Length > _bytes.Length)
        {
            var bigger = Waiting + piece.Length > _bytes.Length ? new byte[Math.Max(_bytes.Length * 2, Waiting + piece.Length)] : _bytes;
            _bytes.AsSpan(_start, Waiting).CopyTo(bigger);
            (_bytes, _end, _start) = (bigger, Waiting, 0);
        }

        piece.CopyTo(_bytes.AsSpan(_end));
        _end += piece.Length;
    }

    /// <summary>The next frame; a message's bytes are good until the next <see cref="Add"/>.</summary>
    internal SipFrameKind Next(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_broken) return SipFrameKind.Broken;
        if (SkipLineEnds()) return SipFrameKind.Ping;
        var waiting = _bytes.AsSpan(_start, Waiting);
        if (waiting.IsEmpty || waiting[0] is (byte)'\r' or (byte)'\n') return SipFrameKind.None;
        // Looking again begins where the last look ended, less the empty line's own length: bytes one by one must not cost their square.
        var from = Math.Max(0, _scanned - 4);
        var head = SipHead.End(waiting[from..], out var body);
        if (head < 0)
        {
            _scanned = waiting.Length;
            return waiting.Length > SipParser.BytesMax ? Break() : SipFrameKind.None;
        }

        (head, body) = (head + from, body + from);
        if (Length(waiting[..head]) is not { } length || length > SipParser.BytesMax - body) return Break();
        if (waiting.Length < body + length) return SipFrameKind.None;
        message = waiting[..(body + length)];
        _start += message.Length;
        _scanned = 0;
        return SipFrameKind.Message;
    }

    private SipFrameKind Break()
    {
        _broken = true;
        return SipFrameKind.Broken;
    }

    private bool SkipLineEnds()
    {
        while (_start < _end)
        {
            var waiting = _bytes.AsSpan(_start, Waiting);
            if (waiting.StartsWith("\r\n\r\n"u8))
            {
                _start += 4;
                return true;
            }

            // Half a ping may become a whole one.
            if (waiting.Length < 4 && "\r\n\r\n"u8.StartsWith(waiting)) return false;
            if (waiting[0] is not ((byte)'\r' or (byte)'\n')) return false;
            _start++;
        }

        return false;
    }

    /// <summary>The body's length by the headers; 0 = none said; null = it says nonsense.</summary>
    private static int? Length(ReadOnlySpan<byte> head)
    {
        long? length = null;
        var lines = new SipLines(System.Text.Encoding.Latin1.GetString(head));
        while (lines.Next(out var line))
        {
            var colon = line.IndexOf(':');
            if (colon < 0) continue;
            var name = SipText.Trim(line[..colon]);
            if (!SipText.Same(name, "Content-Length") && !SipText.Same(name, "l")) continue;
            if (!SipText.TryNumber(SipText.Trim(line[(colon + 1)..]), int.MaxValue, out var said) || (length is { } before && before != said)) return null;
            length = said;
        }

        return (int)(length ?? 0);
    }
}
