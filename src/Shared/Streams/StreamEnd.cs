namespace ContactCenterAgent.Transports.Streams;

/// <summary>Why a leg is over.</summary>
/// <param name="Reason">A code for the log and the console.</param>
/// <param name="Lost">Nobody said goodbye.</param>
internal sealed record StreamEnd(string Reason, bool Lost)
{
    /// <summary>The caller hung up.</summary>
    public static readonly StreamEnd HungUp = new("caller.hung_up", Lost: false);

    /// <summary>We hung up.</summary>
    public static readonly StreamEnd Ours = new("agent.hung_up", Lost: false);

    /// <summary>The connection broke.</summary>
    public static readonly StreamEnd Broken = new("line.broken", Lost: true);

    /// <summary>Nothing has come for too long.</summary>
    public static readonly StreamEnd Silent = new("line.silent", Lost: true);

    /// <summary>The peer takes nothing any more.</summary>
    public static readonly StreamEnd Stalled = new("line.stalled", Lost: true);

    /// <summary>The peer sends far more sound than there is time.</summary>
    public static readonly StreamEnd Flooded = new("line.flooded", Lost: true);

    /// <summary>A bug of ours.</summary>
    public static readonly StreamEnd Faulted = new("line.faulted", Lost: true);

    /// <summary>What came cannot be read.</summary>
    /// <param name="what">In one word: <c>size</c>, <c>rate</c>, <c>encoding</c>, <c>json</c>.</param>
    public static StreamEnd Bad(string what) => new("frame." + what, Lost: true);
}
