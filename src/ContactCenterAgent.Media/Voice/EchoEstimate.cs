using ContactCenterAgent.Media.Audio;

namespace ContactCenterAgent.Media.Voice;

/// <summary>
/// How loud our own prompt comes back. The levels of what was played and of what came are compared over the last second at every delay up to 400 ms; where they rise and fall together, it is echo,
/// and its gain is learned. Until then a gain of a poor line is assumed.
/// </summary>
/// <remarks>Works on levels, frame by frame: it tells echo from speech, it takes none of it away. No allocation after it is made. Not thread-safe.</remarks>
public sealed class EchoEstimate
{
    private const int Delays = 20;

    /// <summary>Weight of the past a frame: a memory of about a second.</summary>
    private const double Memory = 0.98;

    /// <summary>From this much agreement on it is echo: speech of two people rises and falls together by chance, but less.</summary>
    private const double EchoFrom = 0.6;

    private const double GainAtFirst = 0.03;
    private const double GainMin = 1e-5;

    private readonly double[] _played = new double[Delays];
    private readonly double[] _cross = new double[Delays];
    private readonly double[] _ownSquare = new double[Delays];
    private double _farSquare;
    private double _gain = GainAtFirst;
    private int _at;

    /// <summary>The part of a prompt's power that comes back, as learned so far. 0.03 is a loss of 15 dB.</summary>
    public double Gain => _gain;

    /// <summary>Takes one frame.</summary>
    /// <param name="played">Power of what we played in it.</param>
    /// <param name="heard">Power of what came in it.</param>
    /// <returns>Power of the echo that must be expected in what came: nothing while we are silent for long enough.</returns>
    public double Expect(double played, double heard)
    {
        _at = (_at + 1) % Delays;
        _played[_at] = played;
        _farSquare = (_farSquare * Memory) + (heard * heard);
        var loudest = 0.0;
        for (var delay = 0; delay < Delays; delay++)
        {
            var then = _played[(_at - delay + Delays) % Delays];
            loudest = Math.Max(loudest, then);
            _cross[delay] = (_cross[delay] * Memory) + (then * heard);
            _ownSquare[delay] = (_ownSquare[delay] * Memory) + (then * then);
        }

        if (loudest > 0) Learn();
        return loudest * _gain;
    }

    private void Learn()
    {
        var (best, agreement) = (-1, 0.0);
        for (var delay = 0; delay < Delays; delay++)
        {
            var scale = _ownSquare[delay] * _farSquare;
            var likeness = scale > 0 ? _cross[delay] * _cross[delay] / scale : 0;
            if (likeness > agreement) (best, agreement) = (delay, likeness);
        }

        if (best < 0 || agreement < EchoFrom) return;
        var gain = Math.Clamp(_cross[best] / _ownSquare[best], GainMin, 1);
        _gain += (gain - _gain) * 0.05;
    }
}
