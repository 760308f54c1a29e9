using System.Buffers.Text;
using System.Text;
using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>Messages to Twilio. What does not change is made once.</summary>
internal sealed class TwilioWriter
{
    private static readonly byte[] MediaEnd = "\"}}"u8.ToArray();

    private readonly byte[] _mediaStart;
    private readonly byte[] _markStart;
    private readonly byte[] _clear;

    /// <param name="stream">The stream's id.</param>
    public TwilioWriter(string stream)
    {
        _mediaStart = Encoding.ASCII.GetBytes($$"""{"event":"media","streamSid":"{{stream}}","media":{"payload":" """.TrimEnd());
        _markStart = Encoding.ASCII.GetBytes($$"""{"event":"mark","streamSid":"{{stream}}","mark":{"name":" """.TrimEnd());
        _clear = Encoding.ASCII.GetBytes($$"""{"event":"clear","streamSid":"{{stream}}"}""");
    }

    /// <summary>Bytes of the longest message for a frame of 20 ms.</summary>
    public const int MessageBytes = 400;

    /// <summary>Sound: mu-law in base 64.</summary>
    public int Sound(ReadOnlySpan<short> samples, Span<byte> into)
    {
        Span<byte> law = stackalloc byte[samples.Length];
        G711.Encode(G711Law.Mu, samples, law);
        _mediaStart.CopyTo(into);
        var at = _mediaStart.Length;
        Base64.EncodeToUtf8(law, into[at..], out _, out var written);
        at += written;
        MediaEnd.CopyTo(into[at..]);
        return at + MediaEnd.Length;
    }

    /// <summary>A mark, named by the number of the clear before it and the frame that it follows.</summary>
    public int Mark(int clears, long frame, Span<byte> into)
    {
        _markStart.CopyTo(into);
        var at = _markStart.Length;
        clears.TryFormat(into[at..], out var written);
        at += written;
        into[at++] = (byte)'-';
        frame.TryFormat(into[at..], out written);
        at += written;
        MediaEnd.CopyTo(into[at..]);
        return at + MediaEnd.Length;
    }

    /// <summary>Reads a mark's name.</summary>
    /// <returns>Null: it is not one of ours.</returns>
    public static (int Clears, long Frame)? ReadMark(string name) =>
        name.Split('-') is [var clears, var frame] && int.TryParse(clears, out var c) && long.TryParse(frame, out var f) ? (c, f) : null;

    /// <summary>Makes Twilio forget what it has not played.</summary>
    public int Clear(Span<byte> into)
    {
        _clear.CopyTo(into);
        return _clear.Length;
    }
}
