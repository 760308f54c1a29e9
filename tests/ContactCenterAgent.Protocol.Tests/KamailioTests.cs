using ContactCenterAgent.Protocol.Tests.Clients;
using ContactCenterAgent.Transports.Sip;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>Kamailio as registrar, and as a proxy that stays in the way (Record-Route); sipp behind it.</summary>
public sealed class KamailioTests(Network network) : IClassFixture<Network>
{
    private static readonly LineOrders Registered = new()
    {
        Options = new() { Trunks = [new() { Name = "pbx", Registrar = "sip:cc.test", Proxy = "sip:127.0.0.1:5160", User = "bot", Password = "secret", KeepAlive = TimeSpan.FromSeconds(2) }] },
    };

    [ClientFact("kamailio", "sipp")]
    public async Task Call_ThroughTheProxy_EndsWhoeverHangsUp()
    {
        await using var kamailio = await KamailioAsync("MD5");
        await using var line = await network.LineAsync(Registered);
        await line.HearAsync("sip.trunk test pbx: Up");

        await using (var first = Sipp("uac_proxy.xml")) (await first.EndAsync()).ShouldBe(0, first.Said);
        await line.HearAsync("closed ordinary");

        await using var second = Sipp("uac_proxy_hung_up_on.xml");
        await line.HearAsync("opened");
        await line.TellAsync("hangup");
        (await second.EndAsync()).ShouldBe(0, second.Said);
    }

    [ClientFact("kamailio")]
    public async Task Registration_WithSha256_IsGranted()
    {
        await using var kamailio = await KamailioAsync("SHA-256");
        await using var line = await network.LineAsync(Registered);

        await line.HearAsync("sip.trunk test pbx: Up");
    }

    [ClientFact("kamailio")]
    public async Task Registrar_ThatGoesAndComesBack_IsNoticedBothTimes()
    {
        await using var line = await network.LineAsync(Registered);
        await using (var first = await KamailioAsync("MD5"))
        {
            await line.HearAsync("sip.trunk test pbx: Up");
        }

        await line.HearAsync("sip.trunk test pbx: Down");
        await using var second = await KamailioAsync("MD5");

        await line.HearAsync("sip.trunk test pbx: Up");
    }

    private RunningProgram Sipp(string scenario) =>
        network.Start("sipp", "-sf", Network.Scenario(scenario), "-s", "bot", "127.0.0.1:5160", "-m", "1", "-i", "127.0.0.1", "-p", "5071", "-nostdin", "-timeout", "30s", "-timeout_error");

    private async Task<RunningProgram> KamailioAsync(string algorithm)
    {
        var modules = Directory.EnumerateDirectories("/usr/lib", "kamailio", SearchOption.AllDirectories).Select(d => Path.Combine(d, "modules")).First(Directory.Exists);
        var text = (await File.ReadAllTextAsync(Network.Scenario("kamailio.cfg"))).Replace("MODULE_DIR", modules + "/", StringComparison.Ordinal).Replace("\"MD5\"", $"\"{algorithm}\"", StringComparison.Ordinal);
        var file = Path.Combine(network.Folder, "kamailio.cfg");
        await File.WriteAllTextAsync(file, text);
        return network.Start("kamailio", "-f", file, "-DD", "-E", "-w", network.Folder, "-Y", network.Folder);
    }
}
