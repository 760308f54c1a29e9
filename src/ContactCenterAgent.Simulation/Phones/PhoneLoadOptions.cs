using System.Net;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>How many phones call, how fast, for how long.</summary>
public sealed record PhoneLoadOptions
{
    /// <summary>Where the line is; IPv4, on this machine.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>Calls asked for.</summary>
    /// <value>1 to 5,000. Default 300.</value>
    public int Calls { get; init; } = 300;

    /// <summary>Calls begun, and later ended, a second.</summary>
    /// <value>Above 0, up to 1,000. Default 20.</value>
    public double Rate { get; init; } = 20;

    /// <summary>How long all of them stay up.</summary>
    /// <value>1 s to 1 h. Default 60 s.</value>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(60);
}
