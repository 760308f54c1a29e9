using System.Buffers.Binary;

namespace ContactCenterAgent.Storage.Journal;

/// <summary>A record whose checksums and hash are right.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Body">As stored.</param>
/// <param name="Before">The hash of the record before it.</param>
internal readonly record struct JournalRecord(int Number, RecordKind Kind, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Before);

/// <summary>Walks a journal's records and verifies them. Needs no key.</summary>
/// <remarks>
/// What is incomplete at the very end is torn: its process or its machine died while it was written. A record that is wrong with whole
/// records behind it, or that is whole and does not follow from the one before, is damage or a change.
/// </remarks>
internal sealed class JournalScanner
{
    private readonly string _file;
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _at;
    private byte[] _head = JournalFormat.Seed;

    internal JournalScanner(string file)
    {
        _file = file;
        try
        {
            // The call may still be writing: its handle stays as it is.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            _bytes = bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal '{file}' cannot be read: {error.Message}", 0, error);
        }

        var magic = JournalFormat.Magic;
        if (_bytes.Length < magic.Length || !_bytes.Span[..(magic.Length - 1)].SequenceEqual(magic[..^1]))
            throw new JournalException($"'{file}' is not a journal.", 0);
        if (_bytes.Span[magic.Length - 1] != magic[^1])
            throw new JournalException($"The journal '{file}' has format {_bytes.Span[magic.Length - 1]}; this version reads format {JournalFormat.Version}.", 0);
        _at = magic.Length;
    }

    /// <summary>Records read so far.</summary>
    internal int Records { get; private set; }

    /// <summary>The hash of the last record read.</summary>
    internal ReadOnlySpan<byte> Head => _head;

    /// <summary>Bytes behind the last whole record that belong to none; 0 = the file ends with a whole record.</summary>
    internal int TornBytes { get; private set; }

    /// <summary>The last record says that the journal is complete.</summary>
    internal bool Closed { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end, torn or not.</returns>
    /// <exception cref="JournalException">The record is damaged or does not follow from the one before.</exception>
    internal bool TryRead(out JournalRecord record)
    {
        record = default;
        var rest = _bytes.Span[_at..];
        if (rest.IsEmpty) return false;
        var number = Records + 1;
        if (Closed) throw Broken(number, "stands behind the end of the journal");
        if (rest.Length < JournalFormat.PrefixBytes || !rest.ContainsAnyExcept((byte)0)) return Torn(rest.Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[5..]) != JournalFormat.Checksum(rest[..5])) throw Broken(number, "is damaged");
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > JournalFormat.BodyMaxBytes) throw Broken(number, "is damaged");
        var whole = JournalFormat.FrameBytes + length;
        if (rest.Length < whole) return Torn(rest.Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[(whole - 4)..]) != JournalFormat.Checksum(rest[..(whole - 4)]))
            return rest.Length == whole ? Torn(whole) : throw Broken(number, "is damaged");

        var kind = (RecordKind)rest[4];
        var body = _bytes.Slice(_at + JournalFormat.PrefixBytes + JournalFormat.HashBytes, length);
        var hash = new byte[JournalFormat.HashBytes];
        JournalFormat.Hash(_head, kind, body.Span, hash);
        if (!rest.Slice(JournalFormat.PrefixBytes, JournalFormat.HashBytes).SequenceEqual(hash)) throw Broken(number, "does not follow from the one before it");
        if (!Enum.IsDefined(kind) || kind == RecordKind.Header != (number == 1)) throw Broken(number, "is of a kind that cannot stand there");
        record = new(number, kind, body, _head);
        (_head, _at, Records, Closed) = (hash, _at + whole, number, kind == RecordKind.Close);
        return true;
    }

    private bool Torn(int bytes)
    {
        TornBytes = bytes;
        return false;
    }

    internal JournalException Broken(int number, string how, Exception? inner = null) =>
        new($"The journal '{_file}' is broken: record {number} {how}.", number, inner);
}
