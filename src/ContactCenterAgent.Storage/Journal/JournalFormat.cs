using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>What a record holds.</summary>
internal enum RecordKind : byte
{
    /// <summary>The first record, readable without a key: <see cref="JournalHeader"/> as JSON.</summary>
    Header = 1,

    /// <summary>An event, encrypted.</summary>
    Event = 2,

    /// <summary>The commands of the event before, encrypted. Absent where there were none.</summary>
    Commands = 3,

    /// <summary>The last record, empty: the journal is complete.</summary>
    Close = 4,
}

/// <summary>
/// The bytes of a journal. A file is the magic, then records of: body length (u32), kind (u8), CRC-32C of those five bytes (u32), hash (32),
/// body, CRC-32C of all before (u32); little endian. A record's hash is SHA-256 over the hash before, the kind and the body as stored, so a
/// journal is verified without its key and after its key has been erased. The checksums tell a torn or damaged record from a changed one.
/// </summary>
internal static class JournalFormat
{
    internal const int Version = 1;
    internal const int PrefixBytes = 9;
    internal const int HashBytes = 32;
    internal const int FrameBytes = PrefixBytes + HashBytes + 4;
    internal const int BodyMaxBytes = 16 << 20;

    internal static ReadOnlySpan<byte> Magic => "CCAJRNL\u0001"u8;

    /// <summary>The hash before the first record.</summary>
    internal static byte[] Seed => SHA256.HashData(Magic);

    internal static void Hash(ReadOnlySpan<byte> before, RecordKind kind, ReadOnlySpan<byte> body, Span<byte> into)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData([(byte)kind]);
        hash.AppendData(body);
        hash.GetHashAndReset(into);
    }

    /// <summary>Frames a body.</summary>
    /// <param name="before">The hash of the record before.</param>
    /// <param name="kind">What the body is.</param>
    /// <param name="body">As stored: encrypted, but for the header.</param>
    /// <returns>The record's bytes; its hash stands at <see cref="PrefixBytes"/>.</returns>
    internal static byte[] Frame(ReadOnlySpan<byte> before, RecordKind kind, ReadOnlySpan<byte> body)
    {
        var record = new byte[FrameBytes + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, body.Length);
        record[4] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(5), Checksum(record.AsSpan(0, 5)));
        Hash(before, kind, body, record.AsSpan(PrefixBytes, HashBytes));
        body.CopyTo(record.AsSpan(PrefixBytes + HashBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - 4), Checksum(record.AsSpan(0, record.Length - 4)));
        return record;
    }

    /// <summary>CRC-32C (RFC 3720 section 12.1).</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
