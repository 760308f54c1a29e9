using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>A server of the Model Context Protocol as a process of the running host.</summary>
public sealed class McpServerTests
{
    [Fact]
    public async Task Tools_OfAServerAsAProcess_AreRunForACaller()
    {
        await using var host = await RunningHost.StartAsync(
            null,
            ("Tools:Demo", "false"),
            ("Tools:Mcp:0:Name", "shop"),
            ("Tools:Mcp:0:Command", "dotnet"),
            ("Tools:Mcp:0:Arguments:0", typeof(McpServerTests).Assembly.Location),
            ("Tools:Mcp:0:Arguments:1", "mcp"),
            ("Tools:Mcp:0:Only:0", "getOrder"),
            ("Tools:Mcp:0:Only:1", "delete_order"),
            ("Tools:Mcp:0:Rules:0:Tool", "getOrder"),
            ("Tools:Mcp:0:Rules:0:Examples:0", "where is my order {order_id}"),
            ("Tools:Mcp:0:Rules:0:Examples:1", "has order {order_id} been sent"),
            ("Tools:Mcp:0:Rules:0:Parameters:0:Name", "orderId"),
            ("Tools:Mcp:0:Rules:0:Parameters:0:Type", "Reference"),
            ("Tools:Mcp:0:Rules:0:Parameters:0:Pattern", "[A-Z]{2}\\d{4}"),
            ("Tools:Mcp:0:Rules:0:Phrases:One", "Order {order_id} has been {status}."));
        host.Server.ToolsSay.ShouldBe(
        [
            "Tools of shop, MCP server dotnet:",
            "  get_order     Read          runs on a guess",
            "  delete_order  Irreversible  runs after a yes; no look-up: an outcome that nobody knows goes to a person",
        ]);

        using var caller = await host.CallAsync();
        await caller.SaysAsync("where is my order KX4821");

        (await caller.HearsAsync(PromptKind.Answer)).ShouldContain("has been shipped");
        await caller.HangsUpAsync();
    }
}
