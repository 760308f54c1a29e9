using ContactCenterAgent.Host.Bench;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Host.Tests.Bench;

public sealed class HostBenchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-bench-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Call_ThroughTheRunningHost_IsAnsweredAsOnVirtualTime()
    {
        // A machine that stands still between two words makes a pause of them, which virtual time does not have: then it is played again, twice at most.
        var answered = "";
        for (var played = 0; played < 3 && answered != "3 0 0, 3 0 0"; played++)
        {
            var run = await new HostBench(calls: 1, seed: 1).RunAsync(_folder, CancellationToken.None);
            answered = string.Join(", ", ((string[])["ours", "sequential"]).Select(policy => run["planners"]!["embedded"]![policy]!["all"]!).Select(all => $"{all["turns"]} {all["virtual_only"]} {all["wall_only"]}"));
        }

        answered.ShouldBe("3 0 0, 3 0 0", "turns, and those that were answered on one clock only");
        WallTables.Read(_folder).ShouldContain("1 calls at once of 3 turns each");
    }
}
