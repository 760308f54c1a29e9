using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench.Results;

public sealed class SummaryTests
{
    private static JsonObject Of(PlannerFigures figures, string policy) => (JsonObject)Summary.Of([figures])[figures.Planner]![policy]!;

    [Fact]
    public void Summary_HasTheAgreedKeysInOrder()
    {
        var ours = Of(Made.FourReads, "ours");
        ours.Select(p => p.Key).Take(17).ShouldBe(
        [
            "reads", "writes", "all", "oracle_share", "reads_before_floor", "false_closes", "false_close_with_effect", "waste", "retractions", "unsafe",
            "state_worse_than_sequential", "state_worse_than_annotation", "model_calls", "backend_seconds", "hold_seconds", "dialogues", "turns_with_tool",
        ]);
        ((JsonObject)ours["reads"]!).Select(p => p.Key).ShouldBe(["p50_ms", "p95_ms", "speedup_p50", "p10"]);
        ((JsonObject)Summary.Of([Made.FourReads])["gold"]!).Select(p => p.Key).ShouldBe(["sequential", "ours", "oracle"]);
    }

    [Fact]
    public void Latency_IsOverAnsweredTurnsAndRatiosOverPairs()
    {
        Of(Made.FourReads, "sequential")["reads"]!.ToJsonString().ShouldBe("""{"p50_ms":2500,"p95_ms":3850,"speedup_p50":1,"p10":1}""");

        // Ours answered 500, 500, 1000; sequential took 1000, 2000, 3000 for the same turns: medians 2000 / 500, ratios 2, 4, 3.
        Of(Made.FourReads, "ours")["reads"]!.ToJsonString().ShouldBe("""{"p50_ms":500,"p95_ms":950,"speedup_p50":4,"p10":2.2}""");
        ((int)Of(Made.FourReads, "ours")["unanswered"]!).ShouldBe(1);
    }

    [Fact]
    public void Group_WithoutTurns_IsNull() =>
        Of(Made.FourReads, "ours")["writes"]!.ToJsonString().ShouldBe("""{"p50_ms":null,"p95_ms":null,"speedup_p50":null,"p10":null}""");

    [Fact]
    public void All_IsReadsAndWritesWithoutPlainTurns() =>
        Of(Made.Planner(Made.Read("ours", "a", 0, 100), Made.Write("ours", "a", 2, 300), Made.Plain("ours", "a", 4, 9000)), "ours")["all"]!["p50_ms"]!.GetValue<double>().ShouldBe(200);

    [Fact]
    public void Latency_OfNothing_DividesAsOneMillisecond() =>
        Of(Made.Planner(Made.Read("sequential", "a", 0, 700), Made.Read("ours", "a", 0, -50)), "ours")["reads"]!.ToJsonString()
            .ShouldBe("""{"p50_ms":-50,"p95_ms":-50,"speedup_p50":700,"p10":700}""");

    [Fact]
    public void OracleShare_IsOfTheSumsOverTurnsThatAllAnswered()
    {
        // (500 + 1500 + 2000) / (700 + 1700 + 2600)
        ((double)Of(Made.FourReads, "ours")["oracle_share"]!).ShouldBe(0.8);
        ((double)Of(Made.FourReads, "sequential")["oracle_share"]!).ShouldBe(0);
        ((double)Of(Made.FourReads, "oracle")["oracle_share"]!).ShouldBe(1);
        Of(Made.Planner(Made.Read("sequential", "a", 0, 700), Made.Read("ours", "a", 0, 50)), "ours")["oracle_share"].ShouldBeNull();
    }

    [Fact]
    public void ReadsBeforeFloor_CountsTheReadsThatTheOracleHasByThen()
    {
        static TurnFigure Read(string policy, int turn, double? done, double floor) => Made.Read(policy, "a", turn, 1000) with { CallDoneMs = done, FloorMs = floor };
        var figures = Made.Planner(
            Read("oracle", 0, -200, 0), Read("oracle", 2, 500, 0), Read("oracle", 4, 501, 0), Read("oracle", 6, 100, 0),
            Read("ours", 0, 100, 500), Read("ours", 2, 600, 500), Read("ours", 4, 501, 500), Read("ours", 6, null, 500));
        ((double)Of(figures, "ours")["reads_before_floor"]!).ShouldBe(0.3333);
    }

    [Fact]
    public void Counts_AreSummedAndSharesAreOfTurns()
    {
        var figures = Made.Planner(
            Made.Read("sequential", "a", 0, 1) with { CallsStarted = 2 }, Made.Write("sequential", "a", 2, 1) with { CallsStarted = 2 },
            Made.Plain("sequential", "a", 4, 1), Made.Plain("sequential", "a", 6, 1),
            Made.Read("ours", "a", 0, 1) with { CallsStarted = 4, CallsWasted = 2, FalseCloses = 2, ModelCalls = 3, BackEndSeconds = 1.5, CallMade = true },
            Made.Write("ours", "a", 2, 1) with { CallsStarted = 1, FalseClosesWithEffect = 1, UnsafeEffects = 2, HoldSeconds = 2.25 },
            Made.Plain("ours", "a", 4, 1) with { Retractions = 1, ModelCalls = 1, FirstAudioMs = 80 }, Made.Plain("ours", "a", 6, 1));
        var ours = Of(figures, "ours");
        ((double)ours["false_closes"]!).ShouldBe(0.25);
        ((int)ours["false_close_with_effect"]!).ShouldBe(1);
        ((double)ours["waste"]!).ShouldBe(0.25, "5 calls to 4");
        ((int)ours["retractions"]!).ShouldBe(1);
        ((int)ours["unsafe"]!).ShouldBe(2);
        ((int)ours["model_calls"]!).ShouldBe(4);
        ((double)ours["backend_seconds"]!).ShouldBe(1.5);
        ((double)ours["hold_seconds"]!).ShouldBe(2.25);
        ((int)ours["turns_with_tool"]!).ShouldBe(2);
        ((double)ours["call_made"]!).ShouldBe(0.5);
        ((int)ours["calls_wasted"]!).ShouldBe(2);
        ((double)ours["time_to_first_audio"]!["p95_ms"]!).ShouldBe(80);
    }

    [Fact]
    public void States_AreComparedDialogueByDialogue()
    {
        static DialogueFigure Dialogue(string id, string policy, params string[] effects) => new(id, policy, [.. effects], ["book(a=1)"]);
        var figures = new PlannerFigures("gold", [], [
            Dialogue("same", "sequential", "book(a=1)"), Dialogue("same", "ours", "book(a=1)"),
            Dialogue("misses", "sequential", "book(a=1)"), Dialogue("misses", "ours"),
            Dialogue("twice", "sequential", "book(a=1)"), Dialogue("twice", "ours", "book(a=1)", "book(a=1)"),
            Dialogue("both wrong", "sequential", "book(a=2)"), Dialogue("both wrong", "ours", "book(a=2)"),
            Dialogue("better", "sequential"), Dialogue("better", "ours", "book(a=1)"),
        ]);
        var ours = Of(figures, "ours");
        ((int)ours["state_worse_than_sequential"]!).ShouldBe(2, "misses, twice");
        ((int)ours["state_worse_than_annotation"]!).ShouldBe(3, "misses, twice, both wrong");
        ((int)ours["state_worse_through_speculation"]!).ShouldBe(2, "misses, twice");
        ((int)Of(figures, "sequential")["state_worse_than_annotation"]!).ShouldBe(2, "both wrong, better");
        ((int)ours["dialogues"]!).ShouldBe(5);
    }
}
