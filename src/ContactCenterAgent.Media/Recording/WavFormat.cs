using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace ContactCenterAgent.Media.Recording;

/// <summary>What a WAV's header says.</summary>
/// <param name="SampleRate">Samples a second of each channel.</param>
/// <param name="Channels">1 or more, interleaved.</param>
/// <param name="DataStart">Bytes in front of the first sample.</param>
/// <param name="DataBytes">Bytes of samples as the header has them; a program that writes into a pipe, or one that crashed, says more than there is.</param>
public sealed record WavFormat(int SampleRate, int Channels, int DataStart, uint DataBytes)
{
    /// <summary>The header is longer than what was given.</summary>
    public const string MoreNeeded = "The header is cut short.";

    private const int HeaderMax = 65_536;

    /// <summary>Reads a header from the first bytes of a file or a stream.</summary>
    /// <param name="head">So many bytes as are there.</param>
    /// <param name="format">What it says.</param>
    /// <returns>Null: read. Else what is wrong; <see cref="MoreNeeded"/> = the header is longer than that.</returns>
    public static string? Read(ReadOnlySpan<byte> head, [NotNullWhen(true)] out WavFormat? format)
    {
        format = null;
        if (head.Length < 12) return MoreNeeded;
        if (!head.StartsWith("RIFF"u8) || !head[8..].StartsWith("WAVE"u8)) return "It is no WAV.";
        var (rate, channels) = (0, 0);
        for (long at = 12; ;)
        {
            if (at > HeaderMax) return "It has no samples.";
            if (at + 8 > head.Length) return MoreNeeded;
            var chunk = head[(int)at..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("data"u8))
            {
                if (rate == 0) return "It has no format.";
                format = new(rate, channels, (int)at + 8, length);
                return null;
            }

            if (chunk.StartsWith("fmt "u8))
            {
                if (chunk.Length < 24) return MoreNeeded;
                if (BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) is not (1 or 0xFFFE) || BinaryPrimitives.ReadUInt16LittleEndian(chunk[22..]) != 16)
                    return "It is not 16-bit linear.";
                (channels, rate) = (BinaryPrimitives.ReadUInt16LittleEndian(chunk[10..]), BinaryPrimitives.ReadInt32LittleEndian(chunk[12..]));
                if (channels is < 1 or > 8 || rate is < 4000 or > 192_000) return "Its rate or its channels are none that we know.";
            }

            at += 8L + length + (length & 1);
        }
    }
}
