using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>The sound since the last final: what another recogniser must hear to know the present utterance.</summary>
internal sealed class Tape(int sampleRate, TimeSpan kept)
{
    private readonly List<short> _samples = [];
    private readonly int _max = (int)(kept.TotalSeconds * sampleRate);
    private long _start;

    /// <summary>Audio time of the first sample kept.</summary>
    public TimeSpan Start => TimeSpan.FromSeconds((double)_start / sampleRate);

    public void Add(ReadOnlySpan<short> samples)
    {
        _samples.AddRange(samples);
        if (_samples.Count > _max + sampleRate) Drop(_samples.Count - _max);
    }

    /// <summary>An utterance is settled: what was said in it is not wanted again.</summary>
    public void Settle(FinalHeard final)
    {
        if (final.Words.Words.IsEmpty) return;
        var end = (long)(final.Words.Words[^1].End.TotalSeconds * sampleRate);
        Drop((int)Math.Clamp(end - _start, 0, _samples.Count));
    }

    public short[] ToArray() => [.. _samples];

    private void Drop(int count)
    {
        _samples.RemoveRange(0, count);
        _start += count;
    }
}
