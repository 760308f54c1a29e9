using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.Tests.SpeculationBench;

/// <summary>Hand-made turns: the city is the sixth word of ten, so it is known at 1800 ms and the caller ends at 3000 ms. Times below are since that end.</summary>
public sealed class PoliciesTests
{
    private const string Dialogue = "plain-yes";
    private static readonly PlannerFigures Figures = Sample.Run();
    private static readonly double Read = Draws(latency => latency.OfCall("Tables_1.FindTable", [new("city", "Leeds")]));
    private static readonly double Write = Draws(latency => latency.OfCall("Tables_1.BookTable", [new("place", "Blue Door"), new("time", "19:30")]));

    private static double Draws(Func<BackEndLatency, TimeSpan> draw) => draw(new(ContactCenterAgent.Simulation.SpeculationBench.Product.Draws.Seed(1, Dialogue))).TotalMilliseconds;

    private static TurnFigure Turn(string policy, int turn) => Figures[policy].Turns.Single(t => t.Dialogue == Dialogue && t.Turn == turn);

    [Fact]
    public void Sequential_ClosesPlansReadsAndReplies()
    {
        Turn("sequential", 0).LatencyMs.ShouldBe(700 + 900 + Read + 400);
        Turn("sequential", 4).LatencyMs.ShouldBe(700 + 900 + Write + 400);
        Turn("sequential", 6).LatencyMs.ShouldBe(700 + 400);
    }

    [Fact]
    public void Parallel_WithOneCall_IsSequential() => Turn("parallel", 0).LatencyMs.ShouldBe(Turn("sequential", 0).LatencyMs);

    [Fact]
    public void Preemptive_PlansFromTheLastPartialAndReadsAfterTheClose()
    {
        Turn("preemptive", 0).LatencyMs.ShouldBe(150 + 900 + Read + 400);
        Turn("preemptive", 6).LatencyMs.ShouldBe(700, "the reply was ready at 550 and waits for the close");
    }

    [Fact]
    public void SiaWithDraft_ReadsWithTheWordThatCompletesTheCall()
    {
        var known = Math.Max(300, -1200 + 150 + 1 + Read);
        Turn("sia+draft", 0).LatencyMs.ShouldBe(known + 400);
        Turn("sia+draft", 4).LatencyMs.ShouldBe(300 + 900 + Write + 400, "a write waits for the final and the model's next step");
    }

    [Fact]
    public void Sia_BestChunk_IsNoSlowerThanSequential() => Turn("sia", 0).LatencyMs!.Value.ShouldBeLessThan(Turn("sequential", 0).LatencyMs!.Value);

    [Fact]
    public void Oracle_IsTheFormula()
    {
        Turn("oracle", 0).LatencyMs.ShouldBe(Math.Max(0, -1200 + 150 + Read) + 30);
        Turn("oracle", 4).LatencyMs.ShouldBe(Math.Max(0, -300 + 150 + Write) + 30, "the yes is the first of two words");
    }

    [Fact]
    public void Ours_AnswersWhenItsOwnCloseHasComeAndTheReadIsThere()
    {
        Turn("ours", 0).LatencyMs.ShouldBe(Math.Max(300, -1200 + 150 + Read) + 30);
        Turn("ours", 4).LatencyMs!.Value.ShouldBeInRange(250 + Write, 300 + Write + 30);
        Turn("ours", 0).CallsWasted.ShouldBe(0);
    }

    [Fact]
    public void Ours_LeavesTheAnnotatedState_AndNothingUnsafe()
    {
        foreach (var state in Figures["ours"].Dialogues.Values) state.Effects.ShouldBe(state.Annotated);
        Figures["ours"].Dialogues["plain-yes"].Effects.ShouldBe(["Tables_1.BookTable(place=blue door, time=19:30)"]);
        Figures["ours"].Dialogues["yes-but"].Effects.ShouldBeEmpty();
        Figures["ours"].Turns.Sum(t => t.UnsafeEffects + t.FalseClosesWithEffect).ShouldBe(0);
    }

    [Fact]
    public void SequentialProduct_LeavesTheSameState()
    {
        var figures = Sample.Run(Sample.Options with { Policies = ["ours", "sequential-product"] });
        foreach (var (dialogue, state) in figures["sequential-product"].Dialogues) state.Effects.ShouldBe(figures["ours"].Dialogues[dialogue].Effects);
    }

    [Fact]
    public void Report_SameSeed_IsTheSameBytes()
    {
        var options = Sample.Options with { Disfluency = 0.5, Pauses = 0.5, Unstable = 0.3, Agreement = 0.8, Seed = 11 };
        var (first, second) = (Directory.CreateTempSubdirectory().FullName, Directory.CreateTempSubdirectory().FullName);
        SpeculationReport.Run(options, first, _ => { });
        SpeculationReport.Run(options, second, _ => { });

        var files = Directory.GetFiles(first).Select(Path.GetFileName).ToList();
        files.ShouldContain("summary.json");
        files.ShouldContain("turns.jsonl");
        foreach (var file in files) File.ReadAllBytes(Path.Combine(second, file!)).ShouldBe(File.ReadAllBytes(Path.Combine(first, file!)), file);
    }

    [Fact]
    public void Widened_OfTheSameRead_FindsTheSameAnswer()
    {
        var wide = Sample.Run(Sample.Options with { Widen = true });
        foreach (var state in wide["ours"].Dialogues.Values) state.Effects.ShouldBe(state.Annotated);
    }
}
