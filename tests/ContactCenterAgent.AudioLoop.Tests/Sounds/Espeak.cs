using System.Collections.Concurrent;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Speech.Voices;

namespace ContactCenterAgent.AudioLoop.Tests.Sounds;

/// <summary>The agent's voice, espeak-ng, at a telephone's rate.</summary>
internal static class Espeak
{
    public const int SampleRate = 8_000;

    private static readonly ConcurrentDictionary<string, Lazy<Task<short[]>>> Said = new(StringComparer.Ordinal);

    /// <summary>The agent's voice, with the agent's settings.</summary>
    public static Task<short[]> AgentAsync(string text) => Said.GetOrAdd(text, _ => new(() => MakeAsync(text))).Value;

    private static async Task<short[]> MakeAsync(string text)
    {
        using var voice = new EspeakVoice(new());
        var resampler = new Resampler(voice.SampleRate, SampleRate);
        var samples = new List<short>();
        await foreach (var piece in ((ITextToSpeech)voice).SpeakAsync(text, CancellationToken.None))
        {
            var room = new short[resampler.OutputMax(piece.Samples.Length)];
            samples.AddRange(room.AsSpan(0, resampler.Resample(piece.Samples.Span, room)));
        }

        return [.. samples];
    }
}
