namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>What a server of a test understands so far: words with their times, and how long it has been quiet.</summary>
internal sealed class ToneListener(int sampleRate)
{
    private readonly List<short> _rest = [];
    private long _frames;
    private int? _word;
    private double _began;

    public List<(string Text, double Start, double End)> Words { get; } = [];

    public double Quiet { get; private set; }

    public string Text => string.Join(' ', Words.Select(w => w.Text));

    public void Hear(ReadOnlySpan<short> samples)
    {
        _rest.AddRange(samples);
        var size = sampleRate / 50;
        while (_rest.Count >= size)
        {
            Hear(SpokenTones.Understand([.. _rest.Take(size)], sampleRate));
            _rest.RemoveRange(0, size);
        }
    }

    private void Hear(int? word)
    {
        var now = _frames++ * 0.02;
        Quiet = word is null ? Quiet + 0.02 : 0;
        if (word == _word)
        {
            if (word is not null && Words.Count > 0 && Words[^1].Start == _began) Words[^1] = Words[^1] with { End = now + 0.02 };
            else if (word is { } spoken && now - _began >= 0.079) Words.Add((SpokenTones.Words[spoken], _began, now + 0.02));
            return;
        }

        (_word, _began) = (word, now);
    }
}
