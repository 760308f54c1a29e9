using System.Text.Json.Nodes;
using ContactCenterAgent.Host.Cli;

namespace ContactCenterAgent.Host.Tests.Cli;

public sealed class PlanVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Utterance_WithAWish_GivesItsCalls()
    {
        var (code, lines) = Plan(null, null, """{"id":"7","text":"can I book an eye test with Doctor Patel on Thursday afternoon","today":"2026-11-23"}""");

        code.ShouldBe(ExitCode.Ok);
        var answer = lines.ShouldHaveSingleItem();
        ((string?)answer["id"]).ShouldBe("7");
        var arguments = answer["calls"]!.AsArray().Single(c => (string?)c!["tool"] == "find_slots")!["arguments"]!;
        ((string?)arguments["date"]).ShouldBe("2026-11-26");
        ((string?)arguments["provider"]).ShouldBe("Doctor Patel");
        ((double)answer["ms"]!).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Utterance_ForATable_GivesSlotsWithTheirSpans()
    {
        const string Text = "a table for four next friday at half past seven";

        var (_, lines) = Plan(null, null, $$"""{"text":"{{Text}}","asked":[],"today":"2026-11-23"}""");

        var slots = lines.Single()["slots"]!.AsArray();
        slots.Select(s => $"{s!["slot"]}: {Text[(int)s["start"]!..(int)s["end"]!]} = {s["value"]}")
            .ShouldBe(["people: four = 4", "date: next friday = 2026-12-04", "time: half past seven = 07:30"], ignoreOrder: true);
    }

    [Fact]
    public void Tools_FromAFile_ArePlannedFor()
    {
        var tools = Path.Combine(_folder, "tools.json");
        File.WriteAllText(tools, """[{"name":"order_taxi","effect":"read","examples":["I need a taxi to {town}","get me a cab to {town}"],"parameters":[{"name":"town","type":"choice","values":["Leeds","York"]}]}]""");

        var (code, lines) = Plan(tools, null, """{"text":"I need a taxi to York","today":"2026-11-23"}""");

        code.ShouldBe(ExitCode.Ok);
        ((string?)lines.Single()["calls"]![0]!["tool"]).ShouldBe("order_taxi");
    }

    [Fact]
    public void Tools_OfAnotherForm_AreRefused()
    {
        var tools = Path.Combine(_folder, "tools.json");
        File.WriteAllText(tools, "{}");

        Plan(tools, null, """{"text":"hello"}""").Code.ShouldBe(ExitCode.Usage);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Line_ThatIsNoUtterance_IsAnsweredWithItsErrorAndTheRestGoesOn(string line)
    {
        var (code, lines) = Plan(null, null, line, """{"text":"what are your opening hours"}""");

        code.ShouldBe(ExitCode.Usage);
        lines.Count.ShouldBe(2);
        lines[0]["error"].ShouldNotBeNull();
        ((string?)lines[1]["calls"]![0]!["tool"]).ShouldBe("opening_hours");
    }

    private static (int Code, IReadOnlyList<JsonNode> Lines) Plan(string? tools, string? slots, params string[] lines)
    {
        using var input = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        var code = PlanVerb.Run(input, output, tools, slots, weights: null, TimeProvider.System);
        return (code, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line)!)]);
    }
}
