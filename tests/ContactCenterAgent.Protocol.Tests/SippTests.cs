using System.Text.Json;
using ContactCenterAgent.Protocol.Tests.Clients;
using ContactCenterAgent.Transports.Sip;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>The line against sipp.</summary>
public sealed class SippTests(Network network) : IClassFixture<Network>
{
    private const string Bot = "127.0.0.1:5060";

    [ClientFact("sipp")]
    public async Task Call_AnsweredAndHungUp_ByTheCaller()
    {
        await using var line = await network.LineAsync(new());

        await SippAsync("-sn", "uac", Bot, "-m", "1");

        await line.HearAsync("opened");
        await line.HearAsync("closed ordinary");
    }

    [ClientFact("sipp")]
    public async Task Call_OverTcp_IsTheSame()
    {
        await using var line = await network.LineAsync(new());

        await SippAsync("-sn", "uac", Bot, "-m", "20", "-r", "20", "-t", "t1");

        (await SettledAsync(line)).Sessions.ShouldBe(0);
    }

    [ClientFact("sipp")]
    public async Task Calls_WithAFifthOfTheMessagesLost_AreAllSetUpAndTornDown()
    {
        await using var line = await network.LineAsync(new());

        await SippAsync("-sn", "uac", Bot, "-m", "100", "-r", "50", "-lost", "20", "-d", "500");

        (await SettledAsync(line)).Sessions.ShouldBe(0);
        line.Said.Split('\n').Count(l => l.StartsWith("offered", StringComparison.Ordinal)).ShouldBe(100, "a repeated INVITE is no second call");
        line.Said.Split('\n').Count(l => l == "closed ordinary").ShouldBeGreaterThan(85, "a call whose ACK and BYE sipp has both thrown away is lost after 32 s: it takes our repeated 200 to the INVITE for the answer to its BYE, and repeats neither");
    }

    [ClientFact("sipp")]
    public async Task Calls_CancelledWhileRinging_LeaveNothing()
    {
        await using var line = await network.LineAsync(new() { AnswerAfterMilliseconds = null });

        await SippAsync("-sf", Network.Scenario("cancel.xml"), Bot, "-m", "500", "-r", "200");

        var figures = await SettledAsync(line);
        (figures.Sessions, figures.Dialogs, figures.Ports, figures.Sounding).ShouldBe((0, 0, 0, 0));
    }

    [ClientFact("sipp")]
    public async Task Call_WithPassword_IsChallengedAndLetIn()
    {
        var orders = new LineOrders { Options = new() { Digest = SipDigest.Md5, Users = [new() { Name = "alice", Password = "secret" }] } };
        await using var line = await network.LineAsync(orders);

        await SippAsync("-sf", Network.Scenario("uac_digest.xml"), Bot, "-m", "3", "-auth_uri", "service@127.0.0.1:5060", "-au", "alice", "-ap", "secret");

        for (var i = 0; i < 3; i++) await line.HearAsync("closed ordinary");
    }

    [ClientFact("sipp")]
    public async Task Call_WithAWrongPassword_IsNotLetIn()
    {
        var orders = new LineOrders { Options = new() { Digest = SipDigest.Md5, Users = [new() { Name = "alice", Password = "secret" }] } };
        await using var line = await network.LineAsync(orders);

        await using var sipp = Sipp("-sf", Network.Scenario("uac_digest.xml"), Bot, "-m", "1", "-auth_uri", "service@127.0.0.1:5060", "-au", "alice", "-ap", "guess");

        (await sipp.EndAsync()).ShouldBe(1);
        line.Said.ShouldNotContain("offered");
    }

    [ClientFact("sipp")]
    public async Task TenThousandCalls_SetUpAndTornDown_LeaveSocketsTimersDialogsAndMemoryAsTheyWere()
    {
        await using var line = await network.LineAsync(new() { Options = new() { MessagesPerSecond = 100_000 } });
        await SippAsync("-sn", "uac", Bot, "-m", "1000", "-r", "400", "-l", "400", "-d", "100");
        var before = await SettledAsync(line);

        await SippAsync("-sn", "uac", Bot, "-m", "10000", "-r", "400", "-l", "400", "-d", "100");

        var after = await SettledAsync(line);
        (after.Sessions, after.Dialogs, after.Transactions, after.Alarms, after.Ports, after.Sounding).ShouldBe((0, 0, 0, 0, 0, 0));
        (after.Memory - before.Memory).ShouldBeLessThan(4_000_000, $"before {before.Memory}, after {after.Memory}");
    }

    private RunningProgram Sipp(params IEnumerable<string> arguments) =>
        network.Start("sipp", [.. arguments, "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "55s", "-timeout_error"]);

    private async Task SippAsync(params IEnumerable<string> arguments)
    {
        await using var sipp = Sipp(arguments);
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    /// <summary>What is left once nothing is under way any more.</summary>
    private static async Task<Figures> SettledAsync(RunningProgram line)
    {
        for (var tries = 0; ; tries++)
        {
            await line.TellAsync("figures");
            var said = (await line.HearAsync("figures")).Split(' ');
            var figures = JsonSerializer.Deserialize<Figures>(said[1])! with { Memory = long.Parse(said[2]) };
            if (figures.Transactions == 0 && figures.Sessions == 0) return figures;
            tries.ShouldBeLessThan(160, $"never settled: {figures}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    private sealed record Figures(int Sessions, int Dialogs, int Transactions, int Alarms, int Ports, int Streams, int Sounding, long Memory);
}
