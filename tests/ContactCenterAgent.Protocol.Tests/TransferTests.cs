using ContactCenterAgent.Protocol.Tests.Clients;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>Blind transfers, with sipp as the caller's phone.</summary>
public sealed class TransferTests(Network network) : IClassFixture<Network>
{
    [ClientFact("sipp")]
    public async Task Transfer_Answered_EndsTheLeg()
    {
        await using var line = await network.LineAsync(new() { Options = new() { TransferTo = "sip:desk@127.0.0.1:5099" } });
        await using var sipp = Sipp("refer_answered.xml");
        await line.HearAsync("opened");

        await line.TellAsync("transfer");

        (await line.HearAsync("transferred")).ShouldBe("transferred Answered");
        await line.HearAsync("closed ordinary");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    [ClientFact("sipp")]
    public async Task Transfer_ToSomebodyBusy_LeavesTheCallerWithUs()
    {
        await using var line = await network.LineAsync(new() { Options = new() { TransferTo = "sip:desk@127.0.0.1:5099" } });
        await using var sipp = Sipp("refer_busy.xml");
        await line.HearAsync("opened");

        await line.TellAsync("transfer");

        (await line.HearAsync("transferred")).ShouldBe("transferred Declined");
        await line.HearAsync("closed ordinary");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    private RunningProgram Sipp(string scenario) =>
        network.Start("sipp", "-sf", Network.Scenario(scenario), "127.0.0.1:5060", "-m", "1", "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "30s", "-timeout_error");
}
