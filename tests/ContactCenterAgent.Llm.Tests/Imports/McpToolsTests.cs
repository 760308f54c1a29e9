using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Llm.Imports;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Tests.Imports;

public sealed class McpToolsTests
{
    private static readonly ImportOptions Options = new() { Source = "shop" };

    [Fact]
    public async Task Stdio_AServerAsAProcess_GivesItsToolsWithEffectsFromTheirAnnotations()
    {
        await using var mcp = await StartAsync(Options);

        mcp.Import.Tools.ToDictionary(t => t.Descriptor.Name, t => t.Descriptor.Effect).ShouldBe(new Dictionary<string, ToolEffect>
        {
            ["get_order"] = ToolEffect.Read,
            ["search_web"] = ToolEffect.Disclose,
            ["delete_order"] = ToolEffect.Irreversible,
            ["touch"] = ToolEffect.Write,
            ["many"] = ToolEffect.Read,
            ["fails"] = ToolEffect.Read,
            ["shop_get_order"] = ToolEffect.Write,
        }, ignoreOrder: true);
        mcp.Import.Refused.Select(r => r.Reason).ShouldBe(
        [
            "shop: tag_order cannot be used: its parameter tags is a list, which a caller cannot say.",
            "shop: get.order cannot be used: its name is taken, also with the source's name before it.",
            "shop: two_names cannot be used: two of its parameters are called order_id.",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Stdio_ACall_SendsTypedArgumentsAndGivesRows()
    {
        await using var mcp = await StartAsync(Options);

        var order = Tool(mcp, "get_order");
        order.Descriptor.Parameters.Select(p => (p.Name, p.Type, p.Required)).ShouldBe([("order_id", ParameterType.EntityId, true), ("with_lines", ParameterType.Boolean, false)]);
        (await CallAsync(order, ("order_id", "KX1"))).Rows[0]["status"].ShouldBe("shipped");
        (await CallAsync(order, ("order_id", "KX1"))).Rows[0]["lines"].ShouldBe("false");
        (await CallAsync(order, ("order_id", "KX1"), ("with_lines", "true"))).Rows[0]["lines"].ShouldBe("true");
        (await CallAsync(Tool(mcp, "delete_order"), ("order_id", "KX1"), ("days", "3"))).Rows[0]["value"].ShouldBe("3");
        (await CallAsync(Tool(mcp, "search_web"), ("query", "x"))).Rows[0]["text"].ShouldBe("plain words");
        (await CallAsync(Tool(mcp, "touch"))).Rows.ShouldHaveSingleItem().Fields.ShouldBeEmpty();
    }

    [Fact]
    public async Task Result_ThatIsTooLarge_IsCutByRowsAndMarked()
    {
        await using var mcp = await StartAsync(Options with { ResultCharacters = 1_000 });
        var result = await CallAsync(Tool(mcp, "many"));

        result.Truncated.ShouldBeTrue();
        result.Rows.Length.ShouldBeInRange(20, 60);
    }

    [Fact]
    public async Task Tool_ThatFails_ThrowsWithoutItsText() =>
        await McpAsync(async mcp => (await Should.ThrowAsync<InvalidOperationException>(() => CallAsync(Tool(mcp, "fails")))).Message.ShouldNotContain("Dana"));

    [Fact]
    public async Task OperatorsTable_Wins()
    {
        await using var mcp = await StartAsync(Options with
        {
            Rules = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
            [
                new KeyValuePair<string, ImportRule>("delete_order", new() { Effect = ToolEffect.Read, Parameters = ImmutableSortedDictionary<string, ParameterRule>.Empty.Add("order_id", new() { Type = ParameterType.Reference }) }),
                new("touch", new() { Effect = ToolEffect.Reserve }), new("many", new() { Include = false }), new("getOrder", new() { Examples = ["where is order {order_id}"], Requires = AssuranceLevel.Verified }),
            ]),
        });

        Tool(mcp, "delete_order").Descriptor.Effect.ShouldBe(ToolEffect.Read);
        Tool(mcp, "delete_order").Descriptor.Parameter("order_id")!.Type.ShouldBe(ParameterType.Reference);
        Tool(mcp, "get_order").Descriptor.Requires.ShouldBe(AssuranceLevel.Verified);
        Tool(mcp, "get_order").Descriptor.Examples.ShouldBe(["where is order {order_id}"]);
        mcp.Import.Tools.ShouldNotContain(t => t.Descriptor.Name == "many");
        mcp.Import.Refused.ShouldContain(r => r.Reason == "shop: touch cannot be used: a reservation needs a release, which an imported tool does not have.");
    }

    [Fact]
    public async Task Source_ThatIsNotTrusted_GivesWritesOnly()
    {
        await using var mcp = await StartAsync(Options with { Trusted = false });
        mcp.Import.Tools.ShouldAllBe(t => t.Descriptor.Effect == ToolEffect.Write);
    }

    [Fact]
    public async Task Names_TakenByOthers_GetTheSourceBeforeThem()
    {
        await using var mcp = await StartAsync(Options with { Taken = ["touch"] });
        Tool(mcp, "shop_touch").Descriptor.BackEnd.ShouldBe("shop");
    }

    [Fact]
    public async Task Prefix_StandsBeforeEveryName_AndOnlyWhatIsListedIsTaken()
    {
        await using var mcp = await StartAsync(Options with { Prefix = "x", Only = ["getOrder", "touch", "tag_order", "nothing"] });
        mcp.Import.Tools.Select(t => t.Descriptor.Name).ShouldBe(["x_get_order", "x_touch"], ignoreOrder: true);
        mcp.Import.Refused.ShouldHaveSingleItem().Named.ShouldBeTrue("somebody meant it to be there");
        mcp.Import.Unknown.ShouldBe(["nothing"]);
    }

    [Fact]
    public async Task Key_ThatAToolHasNoParameterFor_IsRefused()
    {
        await using var mcp = await StartAsync(Options with { Rules = ImmutableSortedDictionary<string, ImportRule>.Empty.Add("touch", new() { Key = "idempotencyKey" }) });
        mcp.Import.Refused.ShouldContain(r => r.Reason == "shop: touch cannot be used: it has no parameter idempotencyKey for the effect's key.");
    }

    [Fact]
    public async Task Http_GivesTheSameTools_WithTheHeadersOfTheOperator()
    {
        await using var server = await LoopbackMcp.StartAsync();
        await using (var mcp = await McpTools.ConnectAsync(server.Address, new Dictionary<string, string> { ["Authorization"] = "Bearer k" }, Options, new(), CancellationToken.None))
        {
            mcp.Import.Tools.Length.ShouldBe(7);
            (await CallAsync(Tool(mcp, "get_order"), ("order_id", "KX1"))).Rows[0]["status"].ShouldBe("shipped");
        }

        server.Authorizations.Distinct().ShouldBe(["Bearer k"]);
    }

    [Fact]
    public async Task Program_ThatDoesNotExist_IsUnavailable() =>
        await Should.ThrowAsync<ToolUnavailableException>(() => McpTools.StartAsync("no-such-program-anywhere", [], new Dictionary<string, string?>(), Options, new(), CancellationToken.None));

    [Fact]
    public async Task Program_ThatIsNoServer_IsUnavailable() =>
        await Should.ThrowAsync<ToolUnavailableException>(() => McpTools.StartAsync("dotnet", [typeof(McpServerProgram).Assembly.Location, "nothing"], new Dictionary<string, string?>(), Options, new(), CancellationToken.None));

    private static Tool Tool(McpTools mcp, string name) => mcp.Import.Tools.Single(t => t.Descriptor.Name == name);

    private static Task<McpTools> StartAsync(ImportOptions options) =>
        McpTools.StartAsync("dotnet", [typeof(McpServerProgram).Assembly.Location, "mcp"], new Dictionary<string, string?>(), options, new(), CancellationToken.None);

    private static async Task McpAsync(Func<McpTools, Task> test)
    {
        await using var mcp = await StartAsync(Options);
        await test(mcp);
    }

    internal static async Task<ToolResult> CallAsync(Tool tool, params (string Name, string Value)[] arguments)
    {
        var given = new AIFunctionArguments(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) given[name] = value;
        var json = (string)(await tool.Invoke.InvokeAsync(given))!;
        ToolResult.TryParse(json, out var result).ShouldBeTrue();
        return result;
    }
}
