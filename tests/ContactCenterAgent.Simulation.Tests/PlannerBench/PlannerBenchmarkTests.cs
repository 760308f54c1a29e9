using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Simulation.Tests.PlannerBench;

public sealed class PlannerBenchmarkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-bench").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string file, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, file), lines);

    [Fact]
    public void Utterances_Scored_CountsRightExtraAndMissedSpans()
    {
        Write("utterances.jsonl",
            """{"id":"a","text":"a table for 4 people tomorrow","asked":[],"slots":[{"slot":"people","start":12,"end":20,"value":"4 people"},{"slot":"date","start":21,"end":29,"value":"tomorrow"}]}""",
            """{"id":"b","text":"thank you","asked":[],"slots":[{"slot":"time","start":0,"end":5,"value":"thank"}]}""");
        var figures = PlannerBenchmark.Run(new() { Data = _folder, Untrained = true }, TimeProvider.System);
        ((int)figures["utterances"]!).ShouldBe(2);
        ((double)figures["slot_precision"]!).ShouldBe(1);
        ((double)figures["slot_recall"]!).ShouldBe(0.6667);
    }

    [Fact]
    public void Identification_Scored_CountsRightWrongAndDeclined()
    {
        Write("records.jsonl",
        [
            """{"id":"1","postcode":"NG9 2TD","name":"Dana Whitfield","dob":"1984-03-12"}""", """{"id":"2","postcode":"L1 3UN","name":"Daniel Savage","dob":"1986-09-08"}""",
            .. Enumerable.Range(3, 300).Select(i => $$"""{"id":"{{i}}","postcode":"B{{i % 90}} {{i % 10}}QX","name":"Given{{i}} Sur{{i}}","dob":"{{1900 + i % 90}}-01-{{1 + i % 28:00}}"}"""),
        ]);
        Write("dialogues.jsonl",
            """{"id":"x","profile":"1","turns":[{"i":0,"item":"name","asr":"Dana Whitfield","nbest":["Dana Whitfield"]},{"i":1,"item":"dob","asr":"12 March 1984","nbest":["12 March 1984"]}]}""",
            """{"id":"y","profile":"1","turns":[{"i":0,"item":"name","asr":"Daniel Savage","nbest":[]},{"i":1,"item":"postcode","asr":"l 1 3 u n","nbest":[]}]}""",
            """{"id":"z","profile":"2","turns":[{"i":0,"item":"name","asr":"","nbest":[]}]}""");
        var figures = PlannerBenchmark.Run(new() { Data = _folder }, TimeProvider.System);
        ((double)figures["identify_right_accepted"]!).ShouldBe(0.3333);
        ((double)figures["identify_wrong_accepted"]!).ShouldBe(0.3333);
        ((double)figures["identify_declined"]!).ShouldBe(0.3333);
    }

    [Fact]
    public void Folder_OfNoKnownForm_IsRefusedByName()
    {
        var failure = Should.Throw<InvalidDataException>(() => PlannerBenchmark.Run(new() { Data = _folder }, TimeProvider.System));
        failure.Message.ShouldContain(_folder);
    }

    [Fact]
    public void BrokenLine_IsNamed()
    {
        Write("utterances.jsonl", "{\"id\":\"a\",\"text\":\"x\",\"slots\":[]}", "{not json");
        Should.Throw<InvalidDataException>(() => PlannerBenchmark.Run(new() { Data = _folder, Untrained = true }, TimeProvider.System)).Message.ShouldContain("line 2");
    }

    [Fact]
    public void Weights_Made_AreReadAgain()
    {
        Write("utterances.jsonl", """{"id":"a","text":"for 4 people","asked":[],"slots":[{"slot":"people","start":4,"end":12,"value":"4 people"}]}""");
        var weights = Path.Combine(_folder, "weights");
        PlannerTraining.Run(_folder, DataPart.All, weights);
        var figures = PlannerBenchmark.Run(new() { Data = _folder, Weights = weights }, TimeProvider.System);
        ((double)figures["slot_f1"]!).ShouldBe(1);
    }

    [Fact]
    public void HeldOut_IsAFixedFifth()
    {
        var held = Enumerable.Range(0, 5000).Count(i => HeldOut.Contains("id-" + i));
        held.ShouldBeInRange(900, 1140);
        HeldOut.Contains("r8k-train_2-0").ShouldBe(HeldOut.Contains("r8k-train_2-0"));
        DataPart.Development.IsIn("id-1").ShouldBe(!DataPart.HeldOut.IsIn("id-1"));
    }
}
