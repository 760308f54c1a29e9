using System.Text.Json;
using ContactCenterAgent.Host.Cli;

namespace ContactCenterAgent.Host.Tests.Cli;

public sealed class PlanVerbTests
{
    [Fact]
    public async Task Utterance_WithAWish_GivesItsSlotsAndCalls()
    {
        var (code, lines) = await PlanAsync("""{"text":"can I book an eye test with Doctor Patel on Thursday afternoon","now":"2026-11-23T10:00"}""");

        code.ShouldBe(ExitCode.Ok);
        using var plan = JsonDocument.Parse(lines.ShouldHaveSingleItem());
        plan.RootElement.GetProperty("tasks")[0].GetProperty("tool").GetString().ShouldBe("book_appointment");
        var slots = plan.RootElement.GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("tool").GetString() == "find_slots").GetProperty("arguments");
        slots.GetProperty("date").GetString().ShouldBe("2026-11-26");
        slots.GetProperty("provider").GetString().ShouldBe("Doctor Patel");
        plan.RootElement.GetProperty("ask").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Line_ThatIsNoUtterance_ReturnsTwo_AfterWhatStoodBeforeIt(string line)
    {
        var (code, lines) = await PlanAsync("""{"text":"what are your opening hours"}""", "", line);

        code.ShouldBe(ExitCode.Usage);
        lines.Count.ShouldBe(1);
    }

    private static async Task<(int Code, IReadOnlyList<string> Lines)> PlanAsync(params string[] lines)
    {
        using var input = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        var code = await PlanVerb.RunAsync(input, output, TimeProvider.System, CancellationToken.None);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
