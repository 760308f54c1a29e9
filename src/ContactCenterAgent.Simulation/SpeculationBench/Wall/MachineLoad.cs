using System.Globalization;

namespace ContactCenterAgent.Simulation.SpeculationBench.Wall;

/// <summary>What else the machine does: figures of the wall clock mean nothing without it.</summary>
public static class MachineLoad
{
    private const string Source = "/proc/loadavg";

    /// <summary>The load average of the last minute; null where the system does not tell.</summary>
    public static double? Now() => File.Exists(Source) ? double.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture) : null;

    /// <summary>For a sentence.</summary>
    public static string Text(double? load) => load?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown";
}
