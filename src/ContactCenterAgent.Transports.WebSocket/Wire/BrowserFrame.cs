using System.Buffers.Binary;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>20 ms of sound to or from a browser, as a binary message: number (4 bytes), milliseconds (4 bytes), then 16-bit samples; all little-endian, mono.</summary>
internal static class BrowserFrame
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples of a frame.</summary>
    public const int Samples = SampleRate / 50;

    /// <summary>Bytes of a frame.</summary>
    public const int Bytes = HeaderBytes + (Samples * sizeof(short));

    private const int HeaderBytes = 8;

    /// <summary>Reads a frame.</summary>
    /// <param name="message">The message.</param>
    /// <param name="number">The frame's number: one more than the last one's; more where the browser had to leave some out.</param>
    /// <param name="samples">Receives the samples.</param>
    /// <returns>False: it has another size.</returns>
    public static bool Read(ReadOnlySpan<byte> message, out uint number, Span<short> samples)
    {
        number = 0;
        if (message.Length != Bytes) return false;
        number = BinaryPrimitives.ReadUInt32LittleEndian(message);
        for (var i = 0; i < Samples; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(message[(HeaderBytes + (2 * i))..]);
        return true;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="number">The frame's number; its time is 20 ms times that.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="into">Receives the message.</param>
    public static int Write(uint number, ReadOnlySpan<short> samples, Span<byte> into)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(into, number);
        BinaryPrimitives.WriteUInt32LittleEndian(into[4..], number * 20);
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(into[(HeaderBytes + (2 * i))..], samples[i]);
        return Bytes;
    }
}
