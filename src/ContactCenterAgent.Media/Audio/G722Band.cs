namespace ContactCenterAgent.Media.Audio;

/// <summary>
/// One sub-band of G.722, the same on both sides: the scale of its quantiser and its predictor of two poles and six zeros (ITU-T G.722 clause 3; block names as in clause 6.2). All arithmetic is the Recommendation's, in 16 bits.
/// </summary>
internal struct G722Band
{
    private const int PoleMax = 12288;
    private const int Zeros = 6;

    // Table 15: the antilogarithm of the scale, base 2, in steps of 1/32.
    private static readonly short[] Scales =
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    private Differences _differences;
    private Weights _weights;
    private int _logScale;
    private int _pole1;
    private int _pole2;
    private int _signal1;
    private int _signal2;
    private int _partial1;
    private int _partial2;
    private int _zeroSum;

    /// <summary>Begins with the smallest step of the band: 32 for the lower, 8 for the higher one.</summary>
    internal static G722Band Starting(int scale) => new() { Scale = scale };

    /// <summary>The quantiser's step (DETL, DETH).</summary>
    internal int Scale { get; private set; }

    /// <summary>What is expected of the next sample (SL, SH).</summary>
    internal int Predicted { get; private set; }

    /// <summary>Adapts the step (LOGSCL and SCALEL, LOGSCH and SCALEH).</summary>
    /// <param name="weight">Of the code that was sent.</param>
    /// <param name="max">Largest logarithm: 18432 in the lower band, 22528 in the higher one.</param>
    /// <param name="shift">8 in the lower band, 10 in the higher one.</param>
    internal void Rescale(int weight, int max, int shift)
    {
        _logScale = Math.Clamp(((_logScale * 127) >> 7) + weight, 0, max);
        var down = shift - (_logScale >> 11);
        var scale = Scales[(_logScale >> 6) & 31];
        Scale = (down < 0 ? scale << -down : scale >> down) << 2;
    }

    /// <summary>Takes a quantised difference and expects the next sample (block 4).</summary>
    internal void Adapt(int difference)
    {
        var signal = Saturate(Predicted + difference);
        var partial = Saturate(_zeroSum + difference);
        var pole2 = Pole2(partial);
        var pole1 = Pole1(partial, pole2);
        AdaptZeros(difference);
        (_signal2, _signal1) = (_signal1, signal);
        (_partial2, _partial1) = (_partial1, partial);
        (_pole1, _pole2) = (pole1, pole2);
        var poles = Saturate(((_pole1 * Saturate(2 * _signal1)) >> 15) + ((_pole2 * Saturate(2 * _signal2)) >> 15));
        Predicted = Saturate(poles + _zeroSum);
    }

    internal static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    /// <summary>UPPOL2.</summary>
    private readonly int Pole2(int partial)
    {
        var four = Saturate(4 * _pole1);
        var turned = Math.Min(SameSign(partial, _partial1) ? -four : four, short.MaxValue);
        var step = (turned >> 7) + (SameSign(partial, _partial2) ? 128 : -128);
        return Math.Clamp(step + ((_pole2 * 32512) >> 15), -PoleMax, PoleMax);
    }

    /// <summary>UPPOL1.</summary>
    private readonly int Pole1(int partial, int pole2)
    {
        var step = SameSign(partial, _partial1) ? 192 : -192;
        var max = Saturate(15360 - pole2);
        return Math.Clamp(Saturate(step + ((_pole1 * 32640) >> 15)), -max, max);
    }

    /// <summary>UPZERO, DELAYA and FILTEZ.</summary>
    private void AdaptZeros(int difference)
    {
        var step = difference == 0 ? 0 : 128;
        var sum = 0;
        for (var i = Zeros - 1; i >= 0; i--)
        {
            var weight = Saturate((SameSign(difference, _differences[i]) ? step : -step) + ((_weights[i] * 32640) >> 15));
            var next = i == 0 ? difference : _differences[i - 1];
            _weights[i] = (short)weight;
            _differences[i] = (short)next;
            sum += (weight * Saturate(2 * next)) >> 15;
        }

        _zeroSum = Saturate(sum);
    }

    /// <summary>Zero counts as positive.</summary>
    private static bool SameSign(int a, int b) => (a ^ b) >= 0;

    [System.Runtime.CompilerServices.InlineArray(Zeros)]
    private struct Differences
    {
        private short _first;
    }

    [System.Runtime.CompilerServices.InlineArray(Zeros)]
    private struct Weights
    {
        private short _first;
    }
}
