using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

/// <summary>Figures by hand.</summary>
internal static class Made
{
    public static TurnFigure Read(string policy, string dialogue, int turn, double? latency) =>
        new() { Dialogue = dialogue, Turn = turn, Services = ["Trips"], Policy = policy, Kind = TurnKind.Read, Call = "Trips.Find", LatencyMs = latency };

    public static TurnFigure Write(string policy, string dialogue, int turn, double? latency) => Read(policy, dialogue, turn, latency) with { Kind = TurnKind.Write, Call = "Trips.Book" };

    public static TurnFigure Plain(string policy, string dialogue, int turn, double? latency) => Read(policy, dialogue, turn, latency) with { Kind = TurnKind.None, Call = null };

    public static PlannerFigures Planner(params TurnFigure[] turns) => new("gold", turns, []);

    /// <summary>Four reads: sequential 1 to 4 s, ours three of them, the oracle better.</summary>
    public static PlannerFigures FourReads { get; } = Planner(
        Read("sequential", "a", 0, 1000), Read("sequential", "a", 2, 2000), Read("sequential", "b", 0, 3000), Read("sequential", "c", 0, 4000),
        Read("ours", "a", 0, 500), Read("ours", "a", 2, 500), Read("ours", "b", 0, 1000), Read("ours", "c", 0, null),
        Read("oracle", "a", 0, 300), Read("oracle", "a", 2, 300), Read("oracle", "b", 0, 400), Read("oracle", "c", 0, 30));
}
