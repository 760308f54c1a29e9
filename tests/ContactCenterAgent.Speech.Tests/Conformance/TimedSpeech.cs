using ContactCenterAgent.Speech.Tests.Recognisers;

namespace ContactCenterAgent.Speech.Tests.Conformance;

/// <summary>Speech at its own pace, that remembers when each moment of it was given.</summary>
internal sealed class TimedSpeech(int sampleRate)
{
    private const double FrameSeconds = 0.02;

    private readonly List<long> _given = [];

    /// <summary>Time since the sound before a moment had been given.</summary>
    /// <param name="seconds">Since the first sample.</param>
    public TimeSpan Since(double seconds)
    {
        lock (_given) return TimeProvider.System.GetElapsedTime(_given[(int)(seconds / FrameSeconds)]);
    }

    /// <summary>Two utterances, a frame every 20 ms.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> InRealTimeAsync()
    {
        var samples = SpokenTones.TwoUtterances(sampleRate);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(FrameSeconds));
        for (var at = 0; at < samples.Length; at += sampleRate / 50)
        {
            await pace.WaitForNextTickAsync();
            lock (_given) _given.Add(TimeProvider.System.GetTimestamp());
            yield return samples.AsMemory(at, Math.Min(sampleRate / 50, samples.Length - at));
        }
    }
}
