using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Tests.Loopback;
using ContactCenterAgent.Simulation.SpeculationBench;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Llm.Tests;

/// <summary>The speculation benchmark with a model behind a real endpoint as its strong planner.</summary>
public sealed partial class WallSampleEndpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-endpoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("Leeds|York|Hull", RegexOptions.None, 1_000)]
    private static partial Regex City { get; }

    [Fact]
    public async Task Endpoint_AsTheStrongModel_PlansTheRecordedDialoguesOnTheWallClock()
    {
        await using var server = await LoopbackOpenAI.StartAsync();
        server.Rule = body => LoopbackAnswer.Says(Plan(body));
        using var client = new OpenAIChatClient(new() { Server = ModelServer.Compatible, Address = server.Address, Model = "loopback" }, TimeProvider.System);
        var options = new SpeculationOptions { Data = Path.Combine(AppContext.BaseDirectory, "Sample"), Planners = [BenchPlanner.Gold] };

        var run = await WallSample.RunAsync(options, 3, new ChatPlanner(client), _folder, _ => { });

        server.Chats.Length.ShouldBeGreaterThan(5, "every turn asks for a plan");
        server.Chats[0].ToJsonString().ShouldContain("Tables_1.FindTable");
        run["about"]!.GetValue<string>().ShouldContain("on the wall clock the model of the settings");
        foreach (var policy in (string[])["ours", "sequential"]) run["planners"]!["gold"]![policy]!["reads"]!["turns"]!.GetValue<int>().ShouldBe(3, policy);
    }

    // It understands where a table is wanted and nothing else.
    private static string Plan(JsonNode body)
    {
        var asked = City.Match(string.Join(' ', body["messages"]!.AsArray().Select(m => m!["content"]!.ToString())));
        return Clinic.Plan(asked.Success ? Clinic.Call("find", "Tables_1.FindTable", $$"""{"city":"{{asked.Value}}"}""", task: "Tables_1.FindTable") : "");
    }
}
