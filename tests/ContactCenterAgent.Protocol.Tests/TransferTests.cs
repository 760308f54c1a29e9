using ContactCenterAgent.Protocol.Tests.Clients;
using ContactCenterAgent.Transports.Sip;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>Transfers, with sipp as the caller's phone, and as whoever else has a part in them.</summary>
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

    [ClientFact("sipp")]
    public async Task Replaces_FromAnotherCall_TakesTheCallersPlace_AndTheAgentGoesOnWithIt()
    {
        await using var line = await network.LineAsync(new() { Record = network.Folder, Options = new() { AcceptReplaces = true } });
        await using var sipp = Sipp("replaces.xml");

        await line.HearAsync("digit 5");
        await line.HearAsync("closed ordinary");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        var said = line.Said.Split('\n');
        said.Count(l => l.StartsWith("offered", StringComparison.Ordinal)).ShouldBe(1, "it is one call");
        said.Count(l => l.StartsWith("opened", StringComparison.Ordinal)).ShouldBe(1);
        said.ShouldContain(l => l.StartsWith("sip.replaced", StringComparison.Ordinal));
    }

    [ClientFact("sipp")]
    public async Task AttendedTransfer_Answered_SendsTheCallerInPlaceOfOurCall_AndEndsBoth()
    {
        await using var line = await network.LineAsync(new() { Options = Attended });
        await using var desk = Desk("uas_desk.xml");
        await using var sipp = Sipp("refer_attended.xml");
        await line.HearAsync("opened");

        await line.TellAsync("transfer");

        (await line.HearAsync("transferred")).ShouldBe("transferred Answered");
        await line.HearAsync("closed ordinary");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        (await desk.EndAsync()).ShouldBe(0, desk.Said);
        await line.TellAsync("figures");
        (await line.HearAsync("figures")).ShouldContain("\"Ports\":0");
    }

    [ClientFact("sipp")]
    public async Task AttendedTransfer_ToSomebodyBusy_LeavesTheCallerWithUs_WhoIsSentNowhere()
    {
        await using var line = await network.LineAsync(new() { Options = Attended });
        await using var desk = Desk("uas_busy.xml");
        await using var sipp = network.Start("sipp", "-sn", "uac", "127.0.0.1:5060", "-m", "1", "-d", "2000", "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "30s", "-timeout_error");
        await line.HearAsync("opened");

        await line.TellAsync("transfer");

        (await line.HearAsync("transferred")).ShouldBe("transferred Declined");
        (await desk.EndAsync()).ShouldBe(0, desk.Said);
        await line.HearAsync("closed ordinary");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
    }

    private static SipOptions Attended => new() { TransferTo = "sip:desk@127.0.0.1:5099", Transfer = SipTransferWay.Attended };

    private RunningProgram Desk(string scenario) =>
        network.Start("sipp", "-sf", Network.Scenario(scenario), "-m", "1", "-i", "127.0.0.1", "-p", "5099", "-mp", "6500", "-nostdin", "-timeout", "30s", "-timeout_error");

    private RunningProgram Sipp(string scenario) =>
        network.Start("sipp", "-sf", Network.Scenario(scenario), "127.0.0.1:5060", "-m", "1", "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "30s", "-timeout_error");
}
