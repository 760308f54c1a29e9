namespace ContactCenterAgent.Simulation.SpeculationBench.Results;

/// <summary>Figures are written to a thousandth of a millisecond and a ten-thousandth of a share: the same seed gives the same bytes.</summary>
internal static class Rounding
{
    /// <summary>Milliseconds or seconds, without a negative zero.</summary>
    public static double? Time(double? value) => value is { } v ? Math.Round(v, 3) + 0.0 : null;

    /// <summary>A share or a ratio.</summary>
    public static double? Share(double? value) => value is { } v && double.IsFinite(v) ? Math.Round(v, 4) + 0.0 : null;

    /// <summary>Null where there is nothing to divide by.</summary>
    public static double? Ratio(double? over, double? under) => under is null or 0 ? null : over / under;
}
