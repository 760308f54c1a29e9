using System.Buffers.Binary;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>The payload of a telephone-event packet (RFC 4733 section 2.3).</summary>
/// <param name="Code">0 to 9 the digits, 10 star, 11 hash, 12 to 15 A to D; others are no keys.</param>
/// <param name="End">The key has been let go.</param>
/// <param name="Volume">Decibels under 0 dBm0, 0 to 63.</param>
/// <param name="Duration">Since the packet's timestamp, in timestamp units.</param>
public readonly record struct TelephoneEvent(byte Code, bool End, byte Volume, ushort Duration)
{
    /// <summary>Bytes of the payload.</summary>
    public const int Bytes = 4;

    private const string Keys = "0123456789*#ABCD";

    /// <summary>The key of the code; null = the event is none.</summary>
    public char? Key => Code < Keys.Length ? Keys[Code] : null;

    /// <summary>The code of a key; null = it is none.</summary>
    public static byte? CodeOf(char key) => Keys.IndexOf(key, StringComparison.Ordinal) is >= 0 and var at ? (byte)at : null;

    /// <summary>Reads a payload; false = too short.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out TelephoneEvent read)
    {
        read = default;
        if (payload.Length < Bytes) return false;
        read = new(payload[0], (payload[1] & 0x80) != 0, (byte)(payload[1] & 0x3F), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    /// <summary>Writes the payload.</summary>
    public void Write(Span<byte> payload)
    {
        payload[0] = Code;
        payload[1] = (byte)((End ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
    }
}
