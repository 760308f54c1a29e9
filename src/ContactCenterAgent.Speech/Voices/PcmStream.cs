using System.Runtime.InteropServices;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>Reads raw 16-bit little-endian samples as they come, in pieces that begin small, so that the first is heard soon.</summary>
internal sealed class PcmStream(Stream stream, int sampleRate)
{
    private readonly byte[] _bytes = new byte[sampleRate / 2];
    private int _held;
    private int _pieces;

    /// <summary>Samples given so far.</summary>
    public long Samples { get; private set; }

    /// <summary>The stream has ended with the last piece.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Puts bytes in front that were read already.</summary>
    public void Prepend(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_held));
        _held += bytes.Length;
    }

    /// <summary>The next piece: 40 ms at first, then up to 250 ms.</summary>
    /// <returns>Empty: the stream has ended.</returns>
    public async ValueTask<short[]> ReadAsync(CancellationToken cancellationToken)
    {
        var want = _pieces++ == 0 ? sampleRate * 2 / 25 : _bytes.Length;
        while (_held < want)
        {
            var count = await stream.ReadAsync(_bytes.AsMemory(_held, want - _held), cancellationToken);
            IsOver = count == 0;
            if (IsOver) break;
            _held += count;
        }

        var samples = MemoryMarshal.Cast<byte, short>(_bytes.AsSpan(0, _held & ~1)).ToArray();
        _bytes.AsSpan(_held & ~1, _held & 1).CopyTo(_bytes);
        _held &= 1;
        Samples += samples.Length;
        return samples;
    }
}
