using System.Runtime.CompilerServices;
using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Speech.Hearing;

/// <summary>A line's samples at a recogniser's rate.</summary>
internal static class LineAudio
{
    public static IAsyncEnumerable<ReadOnlyMemory<short>> AtRate(IAsyncEnumerable<ReadOnlyMemory<short>> audio, int from, int to, CancellationToken cancellationToken) =>
        from == to ? audio : ResampledAsync(audio, new(from, to), cancellationToken);

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> ResampledAsync(
        IAsyncEnumerable<ReadOnlyMemory<short>> audio, Resampler resampler, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in audio.WithCancellation(cancellationToken))
        {
            var room = new short[resampler.OutputMax(piece.Length)];
            yield return room.AsMemory(0, resampler.Resample(piece.Span, room));
        }
    }
}
