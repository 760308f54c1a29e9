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
    public void Calls_Scored_CountsRightExtraAndMissedArguments()
    {
        Write("services.json", """
            [{"service_name":"Cafe_1","slots":[{"name":"size","description":"size of the cup","is_categorical":true,"possible_values":["small","large"]},
              {"name":"drink","description":"what is drunk","is_categorical":true,"possible_values":["tea","coffee"]}],
              "intents":[{"name":"Order","description":"Order a drink","is_transactional":true,"required_slots":["size","drink"],"optional_slots":{}}]}]
            """);
        Write("dialogues.jsonl",
            Dialogue("right-and-missed", "a large one please", "large", """{"size":"large","drink":"tea"}""", """{"size":{"from":"span"},"drink":{"from":"text"}}"""),
            Dialogue("wrong", "a small one please", "small", """{"size":"large"}""", """{"size":{"from":"span"}}"""));
        var weights = Path.Combine(_folder, "weights");
        PlannerTraining.Run(_folder, DataPart.All, weights);
        var counts = PlannerBenchmark.Run(new() { Data = _folder, Weights = weights }, TimeProvider.System)["argument_counts"]!;
        ((int)counts["right"]!).ShouldBe(1);
        ((int)counts["extra"]!).ShouldBe(1);
        ((int)counts["missed"]!).ShouldBe(2);
    }

    /// <summary>A caller says a size; then the agent calls with these arguments.</summary>
    private static string Dialogue(string id, string text, string size, string arguments, string source) =>
        $$$"""{"id":"{{{id}}}","services":["Cafe_1"],"turns":[{"who":"caller","text":"{{{text}}}","frames":[{"service":"Cafe_1","acts":[],"spans":[{"slot":"size","start":2,"end":7,"value":"{{{size}}}"}]}]},"""
        + $$$"""{"who":"agent","acts":[],"calls":[{"service":"Cafe_1","method":"Order","args":{{{arguments}}},"source":{{{source}}}}]}]}""";

    [Fact]
    public void HeldOut_IsAFixedFifth()
    {
        var held = Enumerable.Range(0, 5000).Count(i => HeldOut.Contains("id-" + i));
        held.ShouldBeInRange(900, 1140);
        HeldOut.Contains("r8k-train_2-0").ShouldBe(HeldOut.Contains("r8k-train_2-0"));
        DataPart.Development.IsIn("id-1").ShouldBe(!DataPart.HeldOut.IsIn("id-1"));
    }
}
