using System.Text.Json.Nodes;
using ContactCenterAgent.Planning;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Simulation.Tests.PlannerBench;

public sealed class PlanLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plan-lines").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Tools()
    {
        var file = Path.Combine(_folder, "tools.json");
        File.WriteAllText(file, """
            [{"name":"free_tables","effect":"read","finds":{"entity":"table","id_field":"table_ref"},
              "parameters":[{"name":"people","type":"count"},{"name":"day","type":"date"}]},
             {"name":"reserve_table","effect":"reserve","examples":["I'd like a table for {people} {day}","book a table"],
              "parameters":[{"name":"table","type":"entity_id","entity":"table"}]}]
            """);
        return file;
    }

    private static JsonNode[] Run(PlanLines lines, params string[] input)
    {
        using var output = new StringWriter();
        lines.Run(new StringReader(string.Join('\n', input)), output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }

    [Fact]
    public void Line_WithTools_GivesSlotsAndCalls()
    {
        var lines = new PlanLines(ToolFile.Tools(Tools()), PlanLines.DefaultSlots, null, NoNameLists.Instance, TimeProvider.System);
        var answer = Run(lines, """{"id":"1","text":"I'd like a table for four tomorrow","today":"2026-11-23"}""").Single();
        ((string?)answer["id"]).ShouldBe("1");
        answer["slots"]!.AsArray().Select(s => $"{s!["slot"]}={s["value"]}").ShouldBe(["people=4", "date=2026-11-24"]);
        answer["calls"]!.AsArray().Select(c => (string?)c!["tool"]).ShouldBe(["free_tables", "reserve_table"]);
        ((string?)answer["calls"]![1]!["arguments"]!["table"]).ShouldBe("$free_tables.table_ref");
        ((double)answer["ms"]!).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Line_Broken_IsAnsweredAndTheRestGoesOn()
    {
        var lines = new PlanLines([], PlanLines.DefaultSlots, null, NoNameLists.Instance, TimeProvider.System);
        var answers = Run(lines, "nonsense", """{"id":2,"text":"at 8 pm","asked":["time"],"today":"2026-11-23"}""", """{"id":3}""");
        ((string?)answers[0]["error"])!.ShouldContain("line 1");
        ((string?)answers[1]["slots"]![0]!["value"]).ShouldBe("20:00");
        answers[2]["error"].ShouldNotBeNull();
    }

    [Fact]
    public void Rival_IsUsedWhereTheBestReadingAnswersNothing()
    {
        var lines = new PlanLines([], PlanLines.DefaultSlots, null, NoNameLists.Instance, TimeProvider.System);
        var answer = Run(lines, """{"id":1,"text":"at ate","nbest":["at ate","at 8"],"asked":["time"],"today":"2026-11-23"}""").Single();
        ((string?)answer["slots"]![0]!["value"]).ShouldBe("08:00");
    }

    [Fact]
    public void Rivals_ThatAgreeOnAnotherValue_DoNotOutvoteTheBestReading()
    {
        var lines = new PlanLines([], PlanLines.DefaultSlots, null, NoNameLists.Instance, TimeProvider.System);
        var answer = Run(lines, """{"id":1,"text":"at 8 pm","nbest":["at 9 pm","uh 9 pm"],"asked":["time"],"today":"2026-11-23"}""").Single();
        ((string?)answer["slots"]![0]!["value"]).ShouldBe("20:00");
    }

    [Fact]
    public void ToolFile_WithAnUnknownType_SaysWhatIsAllowed()
    {
        var file = Path.Combine(_folder, "bad.json");
        File.WriteAllText(file, """[{"name":"x","parameters":[{"name":"y","type":"colour"}]}]""");
        Should.Throw<InvalidDataException>(() => ToolFile.Tools(file)).Message.ShouldContain("allowed");
    }

    [Fact]
    public void ToolsAlone_GiveTheirParametersAsSlots()
    {
        var lines = PlanLines.Of(Tools(), null, null, [], NoNameLists.Instance, TimeProvider.System);
        var answer = Run(lines, """{"id":1,"text":"six of us next friday","today":"2026-11-23"}""").Single();
        answer["slots"]!.AsArray().Select(s => $"{s!["slot"]}={s["value"]}").ShouldBe(["people=6", "day=2026-12-04"]);
    }

    [Fact]
    public void Slots_ByNameAlone_GetTheirTypeFromIt()
    {
        var file = Path.Combine(_folder, "slots.json");
        File.WriteAllText(file, """["departure_date", {"slot":"fare","values":["Economy","Flexible"]}]""");
        ToolFile.Slots(file).Select(s => s.Type.ToString()).ShouldBe(["Date", "Choice"]);
    }
}
