using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ContactCenterAgent.Media.Recording;

/// <summary>
/// Writes a call to disk as it happens: a stereo WAV, the caller left, the agent right. The header is written with the largest length first and put right at the end, so that what a crash leaves
/// behind can be played to its last sample.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class WavWriter : IDisposable
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 44;

    private const ushort Channels = 2;
    private const int FrameBytes = 2 * Channels;
    private const uint LengthMax = uint.MaxValue - HeaderBytes;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[FrameBytes * 1024];
    private long _length;

    /// <summary>Begins a recording.</summary>
    /// <param name="stream">Writable; where it can seek the header is put right at the end. It is disposed with the writer.</param>
    /// <param name="sampleRate">Samples a second of each side.</param>
    public WavWriter(Stream stream, int sampleRate)
    {
        _stream = stream;
        _stream.Write(Header(sampleRate, Channels, LengthMax));
        _stream.Flush();
    }

    /// <summary>Samples of each side written so far.</summary>
    public long Samples => _length / FrameBytes;

    /// <summary>Writes a stretch of both sides.</summary>
    /// <param name="caller">Left.</param>
    /// <param name="agent">Right; as many.</param>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Write(ReadOnlySpan<short> caller, ReadOnlySpan<short> agent)
    {
        if (caller.Length != agent.Length) throw new ArgumentException("Both sides are as long.", nameof(agent));
        while (!caller.IsEmpty && _length < LengthMax - _buffer.Length)
        {
            var count = Math.Min(caller.Length, _buffer.Length / FrameBytes);
            var pairs = MemoryMarshal.Cast<byte, short>(_buffer.AsSpan());
            for (var i = 0; i < count; i++)
            {
                pairs[2 * i] = caller[i];
                pairs[(2 * i) + 1] = agent[i];
            }

            _stream.Write(_buffer.AsSpan(0, count * FrameBytes));
            _length += count * FrameBytes;
            caller = caller[count..];
            agent = agent[count..];
        }
    }

    /// <summary>Puts the header right and closes the stream.</summary>
    /// <exception cref="IOException">The disk is full or gone; the stream is closed.</exception>
    public void Dispose()
    {
        try
        {
            if (_stream.CanSeek) CorrectHeader();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    private void CorrectHeader()
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)_length + HeaderBytes - 8);
        _stream.Position = 4;
        _stream.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)_length);
        _stream.Position = HeaderBytes - 4;
        _stream.Write(length);
    }

    /// <summary>The header of 16-bit linear samples.</summary>
    /// <param name="sampleRate">Samples a second of each channel.</param>
    /// <param name="channels">1 or more.</param>
    /// <param name="length">Bytes of samples behind it.</param>
    public static byte[] Header(int sampleRate, ushort channels, uint length)
    {
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), length + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), sampleRate * channels * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), (ushort)(channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), length);
        return header;
    }
}
