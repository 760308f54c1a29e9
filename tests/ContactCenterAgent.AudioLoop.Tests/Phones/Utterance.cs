namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>Cuts a stream of sound into utterances by its energy.</summary>
internal sealed class Utterance(int sampleRate, TimeSpan quiet)
{
    private const int Audible = 400;

    /// <summary>What is shorter is a click, and no word.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly List<short> _samples = [];
    private long _heard;
    private long _firstLoud = -1;
    private long _lastLoud = -1;

    /// <summary>From its first sound to the last.</summary>
    public TimeSpan Spoken => _firstLoud < 0 ? TimeSpan.Zero : At(_lastLoud - _firstLoud + 1);

    /// <summary>Quiet has followed sound for long enough.</summary>
    public bool IsOver => _firstLoud >= 0 && At(_heard - _lastLoud) >= quiet;

    public void Hear(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (Math.Abs((int)sample) > Audible) (_firstLoud, _lastLoud) = (_firstLoud < 0 ? _heard : _firstLoud, _heard);
            _samples.Add(sample);
            _heard++;
        }

        // Half a second before the first sound is kept: a word begins softly.
        if (_firstLoud < 0 && _samples.Count > sampleRate / 2) _samples.RemoveRange(0, _samples.Count - sampleRate / 2);
    }

    /// <summary>The utterance with some quiet around it, and where in the stream it began and ended; nothing where there was no sound, or only a click.</summary>
    public (short[] Samples, TimeSpan Start, TimeSpan End) Take()
    {
        (short[], TimeSpan, TimeSpan) taken = Spoken < Shortest ? ([], default, default) : ([.. _samples], At(_firstLoud), At(_lastLoud));
        (_firstLoud, _lastLoud) = (-1, -1);
        _samples.Clear();
        return taken;
    }

    private TimeSpan At(long samples) => TimeSpan.FromSeconds((double)samples / sampleRate);
}
