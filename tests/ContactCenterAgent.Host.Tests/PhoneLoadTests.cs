using System.Net;
using ContactCenterAgent.Simulation.Phones;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests;

/// <summary>The phones of <c>bench load</c> against the whole host, here in one process: what is counted, not how fast this machine is.</summary>
public sealed class PhoneLoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-load-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxFact]
    public async Task Load_WithinTheLimits_IsHeldWithSoundBothWays_AndLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await Server.StartAsync(Configuration(calls: 10), stop.Token);
        var serving = server.RunAsync(stop.Token);

        var report = await RunAsync(server, calls: 4);

        (report.Asked, report.Answered, report.Held, report.Dropped).ShouldBe((4, 4, 4, 0));
        report.Refused.ShouldBeEmpty();
        report.Down.Owed.ShouldBe(4 * 6 * 50);
        report.Down.Received.ShouldBeGreaterThan(4 * 5 * 50);
        report.Sent.ShouldBeGreaterThan(4 * 5 * 50);
        // The line reports every five seconds, give or take half.
        report.UpReported.ShouldBeGreaterThan(0);
        await stop.CancelAsync();
        await serving;
    }

    [LinuxFact]
    public async Task Load_BeyondTheLimits_StopsAskingAndNamesWhatGaveWay()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await Server.StartAsync(Configuration(calls: 2), stop.Token);
        var serving = server.RunAsync(stop.Token);

        var report = await RunAsync(server, calls: 200);

        (report.Answered, report.Held).ShouldBe((2, 2));
        report.Asked.ShouldBeLessThan(200, "ten refusals in a row are enough");
        report.Refused.ShouldHaveSingleItem().Key.ShouldBe(503);
        report.Strains.Select(s => s.What).ShouldContain("room: a call was refused with 503");
        await stop.CancelAsync();
        await serving;
    }

    private static async Task<PhoneLoadReport> RunAsync(Server server, int calls)
    {
        var dial = server.PhonesSay.Split(' ').First(w => w.StartsWith("sip:agent@", StringComparison.Ordinal));
        var options = new PhoneLoadOptions { Target = IPEndPoint.Parse(dial["sip:agent@".Length..]), Calls = calls, Rate = 20, Hold = TimeSpan.FromSeconds(6) };
        using var load = new PhoneLoad(options, TimeProvider.System);
        await load.RampAsync(_ => { }, CancellationToken.None);
        await load.HoldAsync(_ => { }, CancellationToken.None);
        await load.EndAsync(_ => { }, CancellationToken.None);
        return load.Report();
    }

    private IConfiguration Configuration(int calls) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Console:Port"] = "0",
        ["Lines:Sip:Port"] = "0",
        ["Lines:Sip:Calls"] = $"{calls}",
        ["Storage:Folder"] = Path.Combine(_folder, "var"),
        ["Operator:DrainMax"] = "00:00:01",
        ["Telemetry:Level"] = "Error",
    }).Build();
}

/// <summary>A test that needs 64-bit Linux; elsewhere it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!PhoneLoad.IsPossible) Skip = "64-bit Linux is needed: the phones use sendmmsg and recvmmsg.";
    }
}
