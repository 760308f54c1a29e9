using System.Text;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class TurnLinesTests
{
    [Fact]
    public void Line_OfATurn_HasEveryFigureRounded()
    {
        var turn = Made.Read("ours", "d1", 2, 1000.0 / 3) with { FloorMs = -0.00001, HeadStartMs = 12, CallMade = true, CallsStarted = 2, Bars = [new("Find", -10.5, 20)] };
        Lines(Made.Planner(turn)).ShouldBe(
            """
            {"planner":"gold","policy":"ours","dialogue":"d1","turn":2,"services":["Trips"],"kind":"read","call":"Trips.Find","latency_ms":333.333,"floor_ms":0,"first_audio_ms":null,"call_done_ms":null,"head_start_ms":12,"call_made":true,"calls_started":2,"calls_wasted":0,"false_closes":0,"false_closes_with_effect":0,"retractions":0,"unsafe_effects":0,"model_calls":0,"backend_seconds":0,"hold_seconds":0,"bars":[{"what":"Find","from_ms":-10.5,"to_ms":20}]}

            """);
    }

    [Fact]
    public void Lines_InAnyOrder_AreTheSameBytes()
    {
        TurnFigure[] turns = [Made.Read("ours", "b", 10, 1), Made.Read("ours", "b", 2, 1), Made.Read("a new one", "a", 0, 1), Made.Read("sequential", "a", 0, 1), Made.Read("ours", "a", 0, 1)];
        var lines = Lines(Made.Planner(turns));
        lines.ShouldBe(Lines(Made.Planner([.. turns.Reverse()])));
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('"') is var p ? $"{p[7]} {p[11]} {p[14]}" : "")
            .ShouldBe(["sequential a :0,", "ours a :0,", "a new one a :0,", "ours b :2,", "ours b :10,"]);
    }

    private static string Lines(PlannerFigures figures)
    {
        using var stream = new MemoryStream();
        TurnLines.Write([figures], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
