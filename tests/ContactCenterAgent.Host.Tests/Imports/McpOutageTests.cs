using System.Net.Http.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Llm.Tests.Imports;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>A process behind the running host that is killed while calls use its tools.</summary>
public sealed class McpOutageTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-shop-").FullName;
    private readonly string _name = $"shop {Guid.NewGuid():n}"[..20];
    private readonly SourceStates _states;
    private readonly McpShop _shop;
    private RunningHost _host = null!;

    public McpOutageTests() => (_shop, _states) = (new(_folder), new(_name));

    public async Task InitializeAsync()
    {
        _host = await StartAsync();
        (await _states.NextAsync()).ShouldBe("Connected");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _states.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Read_WhileTheServerIsGone_IsAnsweredInWords_AndWorksWhenItIsBack()
    {
        using var caller = await _host.CallAsync();
        await caller.SaysAsync("how many of KX4821 are left");
        (await caller.HearsAsync(PromptKind.Answer)).ShouldContain("seven of them");

        _shop.Close();
        _shop.Kill();
        (await _states.NextAsync()).ShouldBe("Reconnecting");
        (await ServersAsync()).ShouldBe([(_name, "Reconnecting")]);
        await caller.SaysAsync("how many of KX4822 are left");
        (await caller.HearsAsync(PromptKind.Apology)).ShouldBe(new ToolFailure.Unavailable().ForCaller);

        _shop.Open();
        (await _states.NextAsync()).ShouldBe("Connected");
        (await ServersAsync()).ShouldBe([(_name, "Connected")]);
        await caller.SaysAsync("how many of KX4823 are left");
        (await caller.HearsAsync(PromptKind.Answer)).ShouldContain("seven of them");
        await caller.HangsUpAsync();
    }

    [Fact]
    public async Task Effect_ThatTheServerDiesOf_IsFoundByItsKeyWhenItIsBack_AndNotSentAgain()
    {
        _shop.DiesWhenItHasPlaced();
        using var caller = await _host.CallAsync();
        await caller.SaysAsync("please order KX4821");
        (await caller.HearsAsync(PromptKind.ReadBack)).ShouldContain("4 8 2 1");

        await caller.SaysAsync("yes please");

        (await caller.HearsAsync(PromptKind.Claim)).ShouldContain("is ordered");
        await caller.HangsUpAsync();
        var key = _shop.Placed.ShouldHaveSingleItem();
        (await _host.Server.Agent.Store.Ledger.FindAsync(EffectKey.Parse(key), CancellationToken.None))!.State.ShouldBe(LedgerState.Done);
    }

    private async Task<IReadOnlyList<(string, string)>> ServersAsync()
    {
        using var http = new HttpClient();
        var figures = await http.GetFromJsonAsync(new Uri(_host.Server.Address, "figures"), FiguresJson.Default.HostFigures);
        return [.. figures!.Servers.Select(server => (server.Name, server.State))];
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(
        null,
        ("Tools:Demo", "false"),
        ("Tools:Mcp:0:Name", _name),
        ("Tools:Mcp:0:Command", "dotnet"),
        ("Tools:Mcp:0:Arguments:0", typeof(McpOutageTests).Assembly.Location),
        ("Tools:Mcp:0:Arguments:1", "mcp"),
        ("Tools:Mcp:0:Arguments:2", _folder),
        ("Tools:Mcp:0:ReconnectMax", "00:00:01"),
        ("Tools:Mcp:0:Only:0", "get_stock"),
        ("Tools:Mcp:0:Only:1", "place_order"),
        ("Tools:Mcp:0:Rules:0:Tool", "get_stock"),
        ("Tools:Mcp:0:Rules:0:Examples:0", "how many of {item} are left"),
        ("Tools:Mcp:0:Rules:0:Parameters:0:Name", "item"),
        ("Tools:Mcp:0:Rules:0:Parameters:0:Type", "Reference"),
        ("Tools:Mcp:0:Rules:0:Parameters:0:Pattern", "[A-Z]{2}\\d{4}"),
        ("Tools:Mcp:0:Rules:0:Phrases:One", "There are {left} of them left."),
        ("Tools:Mcp:0:Rules:1:Tool", "place_order"),
        ("Tools:Mcp:0:Rules:1:Examples:0", "please order {reference}"),
        ("Tools:Mcp:0:Rules:1:Examples:1", "I'd like to order {reference}"),
        ("Tools:Mcp:0:Rules:1:Authorisation", "OnYes"),
        ("Tools:Mcp:0:Rules:1:Key", "key"),
        ("Tools:Mcp:0:Rules:1:LookUp:Tool", "find_order"),
        ("Tools:Mcp:0:Rules:1:LookUp:Parameter", "key"),
        ("Tools:Mcp:0:Rules:1:LookUp:AbsentIsFinal", "true"),
        ("Tools:Mcp:0:Rules:1:Parameters:0:Name", "reference"),
        ("Tools:Mcp:0:Rules:1:Parameters:0:Type", "Reference"),
        ("Tools:Mcp:0:Rules:1:Parameters:0:Pattern", "[A-Z]{2}\\d{4}"),
        ("Tools:Mcp:0:Rules:1:Phrases:ReadBack", "an order of {reference}"),
        ("Tools:Mcp:0:Rules:1:Phrases:Done", "Your {reference} is ordered."));
}
