namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

/// <summary>A straight axis with round ticks: from the tick below the least value to the one above the greatest.</summary>
/// <param name="From">The first tick.</param>
/// <param name="To">The last tick.</param>
/// <param name="Step">Between ticks.</param>
internal readonly record struct Scale(double From, double To, double Step)
{
    /// <param name="least">A value that must fit.</param>
    /// <param name="greatest">Another.</param>
    /// <param name="steps">At most so many, and one more.</param>
    public static Scale Over(double least, double greatest, int steps)
    {
        var span = Math.Max(greatest - least, 1e-9);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / steps)));
        var step = power * (new[] { 1, 2, 2.5, 5, 10 }).First(s => s * power * steps >= span * 0.999999);
        return new(Math.Floor((least / step) + 1e-9) * step, Math.Ceiling((greatest / step) - 1e-9) * step, step);
    }

    public IEnumerable<double> Ticks()
    {
        for (var i = 0; From + (i * Step) <= To + (Step / 2); i++) yield return Math.Round(From + (i * Step), 9) + 0.0;
    }

    /// <summary>Where a value lies, 0 to 1.</summary>
    public double At(double value) => To > From ? (value - From) / (To - From) : 0;
}
