using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>How a server that is gone is reached again: waits that double, each shortened by chance so that hosts that lost the same server do not come back as one.</summary>
/// <remarks>The waits are "equal jitter" of Marc Brooker, "Exponential Backoff And Jitter": half of it is fixed, half is drawn.</remarks>
public sealed record McpRecovery
{
    private const int DoublingsMax = 16;

    /// <summary>The first wait, before jitter. Default 500 ms.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait, before jitter; also how long a connection must have stood for the waits to begin anew. Default 30 s.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take. Default 15 s.</summary>
    public TimeSpan ConnectMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Draws from 0 to below 1. Default: at random.</summary>
    public Func<double> Draw { get; init; } = Random.Shared.NextDouble;

    /// <summary>The clock of the waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets a line when the server is lost and one when it is back.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">From 0.</param>
    public TimeSpan Wait(int attempt)
    {
        var whole = First * Math.Pow(2, Math.Min(attempt, DoublingsMax));
        if (whole > Max) whole = Max;
        return whole * (0.5 + (Draw() / 2));
    }
}
