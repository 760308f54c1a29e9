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
        var run = await new HostBench(calls: 1, seed: 1).RunAsync(_folder, CancellationToken.None);

        foreach (var policy in (string[])["ours", "sequential"])
        {
            var all = run["planners"]!["embedded"]![policy]!["all"]!;
            (all["turns"]!.GetValue<int>(), all["virtual_only"]!.GetValue<int>(), all["wall_only"]!.GetValue<int>()).ShouldBe((3, 0, 0), policy);
        }

        WallTables.Read(_folder).ShouldContain("1 calls at once of 3 turns each");
    }
}
