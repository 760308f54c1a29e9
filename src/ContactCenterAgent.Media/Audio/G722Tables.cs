namespace ContactCenterAgent.Media.Audio;

/// <summary>Numbers of ITU-T G.722 that both sides use; tables by the numbers of the Recommendation.</summary>
internal static class G722Tables
{
    /// <summary>Smallest steps, with which both sides begin.</summary>
    internal const int LowScaleStart = 32, HighScaleStart = 8;

    private const int LowLogMax = 18432, HighLogMax = 22528;

    /// <summary>Every other one of the 24 taps of the filter that splits the bands and joins them (table 11), from the first; backwards they are those between.</summary>
    internal static readonly short[] Taps = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>Differences of the lower band by the upper four bits of its code (QM4).</summary>
    internal static readonly short[] Low4 = [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];

    /// <summary>Differences of the higher band by its code (QM2).</summary>
    internal static readonly short[] High = [-7408, -1616, 7408, 1616];

    // WL, by way of RL42.
    private static readonly short[] LowWeights = [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    // WH, by way of RH2.
    private static readonly short[] HighWeights = [798, -214, 798, -214];

    /// <summary>Takes a code of the lower band into its state. Only its upper four bits count, so that bits may be stolen from it on the way.</summary>
    /// <param name="band">The state.</param>
    /// <param name="code">Six bits.</param>
    internal static void AdaptLow(ref G722Band band, int code)
    {
        var difference = (band.Scale * Low4[code >> 2]) >> 15;
        band.Rescale(LowWeights[code >> 2], LowLogMax, 8);
        band.Adapt(difference);
    }

    /// <summary>Takes a code of the higher band into its state.</summary>
    /// <param name="band">The state.</param>
    /// <param name="code">Two bits.</param>
    /// <returns>The difference that it stands for.</returns>
    internal static int AdaptHigh(ref G722Band band, int code)
    {
        var difference = (band.Scale * High[code]) >> 15;
        band.Rescale(HighWeights[code], HighLogMax, 10);
        band.Adapt(difference);
        return difference;
    }
}
