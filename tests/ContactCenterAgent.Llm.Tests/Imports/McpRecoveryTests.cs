using System.Collections.Immutable;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Imports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Llm.Tests.Imports;

/// <summary>A server that goes and comes back: a process that is killed, and a session over HTTP that nobody knows any more.</summary>
public sealed class McpRecoveryTests : IDisposable
{
    private static readonly ImportOptions Options = new()
    {
        Source = "shop",
        Rules = ImmutableSortedDictionary<string, ImportRule>.Empty.Add("place_order", new() { Key = "key", LookUp = new("find_order", "key", AbsentIsFinal: true) }),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-mcp-").FullName;
    private readonly Lines _lines = new();
    private readonly McpShop _shop;

    public McpRecoveryTests() => _shop = new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Wait_DoublesUpToItsLimit_AndIsShortenedByHalfAtMost()
    {
        Waits(0).ShouldBe([250, 500, 1_000, 2_000, 2_500, 2_500]);
        Waits(0.5).ShouldBe([375, 750, 1_500, 3_000, 3_750, 3_750]);
        new McpRecovery().Wait(int.MaxValue).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));

        static double[] Waits(double drawn)
        {
            var recovery = new McpRecovery { Max = TimeSpan.FromSeconds(5), Draw = () => drawn };
            return [.. Enumerable.Range(0, 6).Select(attempt => recovery.Wait(attempt).TotalMilliseconds)];
        }
    }

    [Fact]
    public async Task Process_ThatIsKilled_FailsItsCallsAtOnce_AndIsStartedAgain() => await WithShopAsync(Options, async mcp =>
    {
        (await StockAsync(mcp)).ShouldBe("seven");
        _shop.Close();
        _shop.Kill();

        (await _lines.NextAsync()).ShouldBe("mcp.reconnecting shop: exit code 137; its tools fail at once until it is back");
        mcp.State.ShouldBe(McpState.Reconnecting);
        await Should.ThrowAsync<ToolUnavailableException>(() => StockAsync(mcp));
        await Should.ThrowAsync<ToolUnavailableException>(() => PlaceAsync(mcp, "key-1"));

        _shop.Open();
        (await _lines.NextAsync()).ShouldMatch("^mcp.connected shop: back after .*, attempt \\d+; refused: none$");
        mcp.State.ShouldBe(McpState.Connected);
        (await StockAsync(mcp)).ShouldBe("seven");
        _shop.Placed.ShouldBeEmpty("what failed at once was not kept for later");
    });

    [Fact]
    public async Task Effect_OnAServerThatDies_IsNotKnown_IsSentOnce_AndIsFoundByItsKey() => await WithShopAsync(Options, async mcp =>
    {
        _shop.DiesWhenItHasPlaced();

        await Should.ThrowAsync<IOException>(() => PlaceAsync(mcp, "key-1"));

        await BackAsync();
        (await LookUpAsync(mcp, "key-1")).ShouldContain("\"state\":\"done\"");
        (await LookUpAsync(mcp, "key-2")).ShouldContain("\"state\":\"absent\"");
        _shop.Placed.ShouldBe(["key-1"]);
    });

    [Fact]
    public async Task Read_OnAServerThatDies_IsUnavailable() => await WithShopAsync(Options, async mcp =>
        await Should.ThrowAsync<ToolUnavailableException>(() => McpToolsTests.CallAsync(Tool(mcp, "get_stock"), ("item", "nothing"))));

    [Theory]
    [InlineData("gone", "tool_gone")]
    [InlineData("more", "tool_changed")]
    [InlineData("other", "tool_changed")]
    public async Task Tool_ThatIsNotWhatItWas_IsRefused(string how, string why) => await WithShopAsync(Options, async mcp =>
    {
        _shop.Becomes(how);
        _shop.Kill();
        (await BackAsync()).ShouldEndWith($"refused: get_stock ({why})");

        (await Should.ThrowAsync<ToolUnavailableException>(() => StockAsync(mcp))).Message.ShouldBe($"The MCP server shop has no tool get_stock any more that is what it was at start: {why}.");
        mcp.Refused.ShouldBe(new Dictionary<string, string> { ["get_stock"] = why });
        await PlaceAsync(mcp, "key-1");
        _shop.Placed.ShouldBe(["key-1"], "its other tools are as they were");
    });

    [Fact]
    public async Task Tool_ThatSaysItDoesLess_KeepsItsEffect() => await WithShopAsync(Options, async mcp =>
    {
        _shop.Becomes("less");
        _shop.Kill();
        (await BackAsync()).ShouldEndWith("refused: none");

        Tool(mcp, "place_order").Descriptor.Effect.ShouldBe(ToolEffect.Write);
        await PlaceAsync(mcp, "key-1");
    });

    [Fact]
    public async Task Tool_ThatSaysItDoesMore_IsWhatTheOperatorsTableSays() => await WithShopAsync(
        Options with { Rules = Options.Rules.Add("get_stock", new() { Effect = ToolEffect.Read }) },
        async mcp =>
        {
            _shop.Becomes("more");
            _shop.Kill();
            (await BackAsync()).ShouldEndWith("refused: none");

            (await StockAsync(mcp)).ShouldBe("seven");
        });

    [Fact]
    public async Task Tool_ThatTheServerTakesBack_IsRefusedFromThenOn() => await WithShopAsync(Options, async mcp =>
    {
        await McpToolsTests.CallAsync(Tool(mcp, "sell_out"));

        (await _lines.NextAsync()).ShouldBe("mcp.tools_changed shop: refused: get_stock (tool_gone)");
        await Should.ThrowAsync<ToolUnavailableException>(() => StockAsync(mcp));
        mcp.State.ShouldBe(McpState.Connected);
    });

    [Fact]
    public async Task Session_ThatIsNotKnown_ChangesNothing_AndIsOpenedAnew()
    {
        await using var server = await LoopbackMcp.StartAsync(takesSessionsOnly: true);
        await WithAsync(() => ConnectAsync(server), async mcp =>
        {
            (await OrderAsync(mcp)).ShouldBe("shipped");
            await server.ForgetAsync();

            await Should.ThrowAsync<ToolUnavailableException>(() => OrderAsync(mcp));

            (await _lines.NextAsync()).ShouldBe("mcp.reconnecting shop: HTTP 404; its tools fail at once until it is back");
            (await _lines.NextAsync()).ShouldEndWith("refused: none");
            (await OrderAsync(mcp)).ShouldBe("shipped");
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_ThatIsCutInsteadOfAnAnswer_IsNotKnownForAnEffect_AndNothingIsSentAgain(bool takesSessionsOnly)
    {
        await using var server = await LoopbackMcp.StartAsync(takesSessionsOnly: takesSessionsOnly);
        await WithAsync(() => ConnectAsync(server), async mcp =>
        {
            server.Cuts = true;

            (await Should.ThrowAsync<Exception>(() => McpToolsTests.CallAsync(Tool(mcp, "touch")))).ShouldBeOfType<IOException>();
            await BackAsync();
            await Should.ThrowAsync<ToolUnavailableException>(() => OrderAsync(mcp));
            await BackAsync();

            server.Cuts = false;
            (await OrderAsync(mcp)).ShouldBe("shipped");
            server.Calls.ShouldBe(3);
        });
    }

    [Fact]
    public async Task Server_ThatIsNotThere_ChangesNothing_AndIsReachedAgain()
    {
        var server = await LoopbackMcp.StartAsync();
        var port = server.Address.Port;
        await WithAsync(() => ConnectAsync(server), async mcp =>
        {
            await server.DisposeAsync();

            await Should.ThrowAsync<ToolUnavailableException>(() => McpToolsTests.CallAsync(Tool(mcp, "touch")));
            (await _lines.NextAsync()).ShouldBe("mcp.reconnecting shop: unreachable; its tools fail at once until it is back");
            mcp.State.ShouldBe(McpState.Reconnecting);
            await Should.ThrowAsync<ToolUnavailableException>(() => OrderAsync(mcp));

            await using var again = await LoopbackMcp.StartAsync(port);
            (await _lines.NextAsync()).ShouldEndWith("refused: none");
            (await OrderAsync(mcp)).ShouldBe("shipped");
        });
    }

    private async Task<string> BackAsync()
    {
        (await _lines.NextAsync()).ShouldStartWith("mcp.reconnecting shop");
        return await _lines.NextAsync();
    }

    private McpRecovery Recovery() => new() { First = TimeSpan.FromMilliseconds(20), Max = TimeSpan.FromMilliseconds(200), Log = _lines };

    private Task WithShopAsync(ImportOptions options, Func<McpTools, Task> test) => WithAsync(
        () => McpTools.StartAsync("dotnet", [typeof(McpServerProgram).Assembly.Location, "mcp", _folder], new Dictionary<string, string?>(), options, Recovery(), CancellationToken.None), test);

    private Task<McpTools> ConnectAsync(LoopbackMcp server) => McpTools.ConnectAsync(server.Address, new Dictionary<string, string>(), new() { Source = "shop" }, Recovery(), CancellationToken.None);

    private static async Task WithAsync(Func<Task<McpTools>> start, Func<McpTools, Task> test)
    {
        await using var mcp = await start();
        using var stop = new CancellationTokenSource();
        var keeping = mcp.KeepAsync(stop.Token);
        try
        {
            await test(mcp);
        }
        finally
        {
            await stop.CancelAsync();
            await keeping;
        }
    }

    private static Tool Tool(McpTools mcp, string name) => mcp.Import.Tools.Single(t => t.Descriptor.Name == name);

    private static async Task<string?> StockAsync(McpTools mcp) => (await McpToolsTests.CallAsync(Tool(mcp, "get_stock"), ("item", "lens"))).Rows[0]["left"];

    private static async Task<string?> OrderAsync(McpTools mcp) => (await McpToolsTests.CallAsync(Tool(mcp, "get_order"), ("order_id", "KX1"))).Rows[0]["status"];

    private static async Task PlaceAsync(McpTools mcp, string key) => await Tool(mcp, "place_order").Invoke.InvokeAsync(Keyed(key, ("reference", "lens")));

    private static async Task<string> LookUpAsync(McpTools mcp, string key) => (string)(await Tool(mcp, "place_order").LookUp!.InvokeAsync(Keyed(key)))!;

    private static AIFunctionArguments Keyed(string key, params (string Name, string Value)[] given)
    {
        var arguments = new AIFunctionArguments(StringComparer.Ordinal) { Context = new Dictionary<object, object?> { [ToolContext.Key] = key } };
        foreach (var (name, value) in given) arguments[name] = value;
        return arguments;
    }

    /// <summary>Lines of the log, as they come.</summary>
    private sealed class Lines : ILogger
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            return await _lines.Reader.ReadAsync(limit.Token);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Writer.TryWrite(formatter(state, exception));
    }
}
