namespace ContactCenterAgent.Media.Audio;

/// <summary>
/// Fills gaps with what the voice was doing: the last pitch period is repeated and fades to nothing within 60 ms, and the first samples after the gap are blended in. After the manner of ITU-T G.711 Appendix I.
/// </summary>
/// <remarks>Allocates only when it is made. Not thread-safe.</remarks>
public sealed class Concealer
{
    private readonly short[] _history;
    private readonly int _pitchMin;
    private readonly int _pitchMax;
    private readonly int _window;
    private readonly int _blend;
    private readonly int _holdSamples;
    private readonly int _fadeSamples;
    private int _period;
    private int _phase;
    private int _gap;
    private bool _heard;

    /// <summary>Makes one for a rate.</summary>
    /// <param name="sampleRate">Samples a second, 8000 or more.</param>
    public Concealer(int sampleRate)
    {
        _pitchMin = sampleRate / 200;
        _pitchMax = sampleRate * 15 / 1000;
        _window = sampleRate / 50;
        _blend = sampleRate / 400;
        _holdSamples = sampleRate / 100;
        _fadeSamples = sampleRate / 20;
        _history = new short[_window + (2 * _pitchMax)];
    }

    /// <summary>Samples since the last real one; 0 while sound comes.</summary>
    public int Gap => _gap;

    /// <summary>Remembers samples that came, and blends their beginning with the end of a gap.</summary>
    public void Heard(Span<short> samples)
    {
        if (_gap > 0)
        {
            var blend = Math.Min(_blend, samples.Length);
            for (var i = 0; i < blend; i++) samples[i] = (short)(((Next() * (blend - i)) + (samples[i] * i)) / blend);
            _gap = 0;
        }

        _heard = true;
        Remember(samples);
    }

    /// <summary>Makes up samples that are missing. Before anything was heard they are silence, and no gap: what then comes is heard from its first sample.</summary>
    public void Fill(Span<short> samples)
    {
        if (!_heard)
        {
            samples.Clear();
            return;
        }

        if (_gap == 0)
        {
            _period = Pitch();
            _phase = 0;
        }

        for (var i = 0; i < samples.Length; i++) samples[i] = (short)Next();
    }

    /// <summary>Forgets all: another stream begins.</summary>
    public void Reset()
    {
        Array.Clear(_history);
        (_gap, _heard) = (0, false);
    }

    private int Next()
    {
        var loud = _gap < _holdSamples ? 1f : 1f - ((float)(_gap - _holdSamples) / _fadeSamples);
        _gap++;
        if (loud <= 0) return 0;
        var value = _history[_history.Length - _period + _phase];

        // The end of the period is blended with what stood before its beginning, so that the loop has no step.
        var toEnd = _period - _phase;
        if (toEnd <= _blend && _history.Length - _period - toEnd >= 0)
        {
            var before = _history[_history.Length - _period - toEnd];
            value = (short)(((value * toEnd) + (before * (_blend - toEnd))) / _blend);
        }

        _phase = _phase + 1 == _period ? 0 : _phase + 1;
        return (int)(value * loud);
    }

    /// <summary>The lag, in samples, at which the end of the history is most like what stood before it.</summary>
    private int Pitch()
    {
        var end = _history.AsSpan(_history.Length - _window);
        var (best, bestScore) = (_pitchMax, double.MinValue);
        for (var lag = _pitchMin; lag <= _pitchMax; lag++)
        {
            var earlier = _history.AsSpan(_history.Length - _window - lag, _window);
            long cross = 0, energy = 1;
            for (var i = 0; i < _window; i++)
            {
                cross += end[i] * earlier[i];
                energy += earlier[i] * earlier[i];
            }

            var score = cross / Math.Sqrt(energy);
            if (score > bestScore) (best, bestScore) = (lag, score);
        }

        return best;
    }

    private void Remember(ReadOnlySpan<short> samples)
    {
        if (samples.Length >= _history.Length)
        {
            samples[^_history.Length..].CopyTo(_history);
            return;
        }

        _history.AsSpan(samples.Length).CopyTo(_history);
        samples.CopyTo(_history.AsSpan(_history.Length - samples.Length));
    }
}
