using System.Buffers.Binary;

namespace ContactCenterAgent.Transports.AudioSocket.Wire;

/// <summary>Kinds of frames (Asterisk documentation, "AudioSocket", Types).</summary>
internal enum AudioSocketKind : byte
{
    /// <summary>The call is over.</summary>
    HangUp = 0x00,

    /// <summary>The call's UUID; the first frame.</summary>
    Id = 0x01,

    /// <summary>A key, as one ASCII character.</summary>
    Digit = 0x03,

    /// <summary>Sound, 8000 samples a second.</summary>
    Slin8 = 0x10,

    /// <summary>Sound, 16000 samples a second.</summary>
    Slin16 = 0x12,

    /// <summary>Sound at 192000 samples a second: the last of the kinds of sound.</summary>
    SlinLast = 0x18,

    /// <summary>An error of Asterisk's, with an optional code.</summary>
    Error = 0xff,
}

/// <summary>One frame: a byte of kind, two bytes of length in network order, the payload.</summary>
internal readonly ref struct AudioSocketFrame(AudioSocketKind kind, ReadOnlySpan<byte> payload)
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 3;

    /// <summary>Bytes of a payload at most: 200 ms of sound at 16000 samples a second. Asterisk sends 20 ms.</summary>
    public const int PayloadMax = 6_400;

    public AudioSocketKind Kind { get; } = kind;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Sound of any rate.</summary>
    public bool IsSound => Kind is >= AudioSocketKind.Slin8 and <= AudioSocketKind.SlinLast;

    /// <summary>The call's UUID, whose bytes stand in the order of its text.</summary>
    public Guid? Id => Kind == AudioSocketKind.Id && Payload.Length == 16 ? new Guid(Payload, bigEndian: true) : null;

    /// <summary>Reads the first frame of what has come.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Bytes of the frame; 0 = it is not whole yet; -1 = it says that it is longer than any that Asterisk sends.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out AudioSocketFrame frame)
    {
        frame = default;
        if (bytes.Length < HeaderBytes) return 0;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        if (length > PayloadMax) return -1;
        if (bytes.Length < HeaderBytes + length) return 0;
        frame = new((AudioSocketKind)bytes[0], bytes.Slice(HeaderBytes, length));
        return HeaderBytes + length;
    }

    /// <summary>Writes a frame of sound.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteSound(AudioSocketKind kind, ReadOnlySpan<short> samples, Span<byte> into)
    {
        into[0] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(into[1..], (ushort)(2 * samples.Length));
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(into[(HeaderBytes + (2 * i))..], samples[i]);
        return HeaderBytes + (2 * samples.Length);
    }

    /// <summary>Writes the end of the call.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteHangUp(Span<byte> into)
    {
        into[..HeaderBytes].Clear();
        return HeaderBytes;
    }
}
