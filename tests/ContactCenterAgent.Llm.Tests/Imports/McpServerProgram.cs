using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace ContactCenterAgent.Llm.Tests.Imports;

/// <summary>An MCP server with one tool of every kind: over stdio as this assembly's program, and over HTTP within the tests.</summary>
internal static class McpServerProgram
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["mcp", ..]) return 2;
        var shop = arguments.Length > 1 ? new McpShop(arguments[1]) : null;
        if (shop?.IsClosed == true) return 3;
        shop?.Opened();
        await using var transport = new StdioServerTransport("tests");
        await using var server = McpServer.Create(transport, shop?.Options() ?? Options());
        await server.RunAsync();
        return 0;
    }

    public static McpServerOptions Options()
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (var tool in Tools()) tools.Add(tool);
        return new() { ServerInfo = new() { Name = "tests", Version = "1" }, ToolCollection = tools };
    }

    private static IEnumerable<McpServerTool> Tools()
    {
        yield return Tool("getOrder", """{"type":"object","properties":{"orderId":{"type":"string"},"withLines":{"type":["boolean","null"]}},"required":["orderId"]}""",
            a => $$"""{"order_id":"{{a["orderId"]}}","status":"shipped","lines":{{a.ContainsKey("withLines").ToString().ToLowerInvariant()}}}""", new() { ReadOnly = true, OpenWorld = false });
        yield return Tool("search_web", """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""", _ => "plain words", new() { ReadOnly = true, OpenWorld = true });
        yield return Tool("delete_order", """{"type":"object","properties":{"order_id":{"type":"string"},"days":{"type":"integer","minimum":0}},"required":["order_id","days"]}""",
            a => a["days"]!.ToString()!, new() { ReadOnly = false, Destructive = true });
        yield return Tool("touch", """{"type":"object","properties":{}}""", _ => "", new());
        yield return Tool("many", """{"type":"object","properties":{}}""", _ => "[" + string.Join(',', Enumerable.Range(1, 10_000).Select(i => $$"""{"n":{{i}},"text":"row {{i}}"}""")) + "]", new() { ReadOnly = true, OpenWorld = false });
        yield return Tool("fails", """{"type":"object","properties":{}}""", _ => throw new InvalidOperationException("Dana Whitfield"), new() { ReadOnly = true, OpenWorld = false });
        yield return Tool("tag_order", """{"type":"object","properties":{"tags":{"type":"array","items":{"type":"string"}}},"required":["tags"]}""", _ => "", new());
        yield return Tool("get-order", """{"type":"object","properties":{}}""", _ => "", new());
        yield return Tool("get.order", """{"type":"object","properties":{}}""", _ => "", new());
        yield return Tool("two_names", """{"type":"object","properties":{"orderId":{"type":"string"},"order_id":{"type":"string"}}}""", _ => "", new());
    }

    internal static McpServerTool Tool(string name, string schema, Func<AIFunctionArguments, string> run, McpServerToolCreateOptions options) =>
        McpServerTool.Create(new Function(name, schema, run), options);

    private sealed class Function(string name, string schema, Func<AIFunctionArguments, string> run) : AIFunction
    {
        public override string Name => name;

        public override string Description => $"Does {name}.";

        public override JsonElement JsonSchema { get; } = Parse(schema);

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(run(arguments));

        private static JsonElement Parse(string json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
