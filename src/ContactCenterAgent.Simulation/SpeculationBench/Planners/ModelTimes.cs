namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>How long the strong model takes.</summary>
/// <param name="Plan">From the request to a whole plan with calls in it.</param>
/// <param name="FirstToken">From the request to the first token of a reply.</param>
internal sealed record ModelTimes(TimeSpan Plan, TimeSpan FirstToken)
{
    /// <summary>A model in the cloud.</summary>
    public static readonly ModelTimes Cloud = new(TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(400));

    /// <summary>A small model on a GPU of one's own.</summary>
    public static readonly ModelTimes Edge = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(150));

    /// <summary>No model: the embedded planner, at about its measured time, and a phrase for every reply.</summary>
    public static readonly ModelTimes Embedded = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30));
}
