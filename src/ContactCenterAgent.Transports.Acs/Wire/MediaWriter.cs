using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>Messages to Azure on the media socket, spelled as its .NET and Python libraries do.</summary>
internal static class MediaWriter
{
    /// <summary>Bytes of the longest message: 20 ms at 24000 samples a second.</summary>
    public const int MessageBytes = 1_400;

    private static readonly byte[] Start = """{"Kind":"AudioData","AudioData":{"Data":" """.TrimEnd().Select(c => (byte)c).ToArray();
    private static readonly byte[] End = "\"},\"StopAudio\":null}"u8.ToArray();
    private static readonly byte[] Stop = """{"Kind":"StopAudio","AudioData":null,"StopAudio":{}}"""u8.ToArray();

    /// <summary>Sound, in base 64.</summary>
    public static int Sound(ReadOnlySpan<short> samples, Span<byte> into)
    {
        Start.CopyTo(into);
        Base64.EncodeToUtf8(MemoryMarshal.AsBytes(samples), into[Start.Length..], out _, out var written);
        End.CopyTo(into[(Start.Length + written)..]);
        return Start.Length + written + End.Length;
    }

    /// <summary>Makes Azure forget what it has not played.</summary>
    public static int StopAudio(Span<byte> into)
    {
        Stop.CopyTo(into);
        return Stop.Length;
    }
}
