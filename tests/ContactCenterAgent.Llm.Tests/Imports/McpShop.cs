using System.Diagnostics;
using System.Globalization;
using ModelContextProtocol.Server;

namespace ContactCenterAgent.Llm.Tests.Imports;

/// <summary>A shop behind an MCP server that can be killed, closed and changed. What it knows lies in a folder: the process's end costs nothing of it.</summary>
internal sealed class McpShop(string folder)
{
    /// <summary>Keys of the orders that were placed, one each time that an order came in.</summary>
    public IReadOnlyList<string> Placed => File.Exists(At("placed")) ? File.ReadAllLines(At("placed")) : [];

    /// <summary>A process that starts ends at once.</summary>
    public bool IsClosed => File.Exists(At("closed"));

    /// <summary>The process begins.</summary>
    public void Opened()
    {
        File.WriteAllText(At("pid.new"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Move(At("pid.new"), At("pid"), overwrite: true);
    }

    public void Close() => File.WriteAllText(At("closed"), "");

    public void Open() => File.Delete(At("closed"));

    /// <summary>How the tools are from the next start on.</summary>
    /// <param name="how">Of <see cref="Options"/>.</param>
    public void Becomes(string how) => File.WriteAllText(At("how"), how);

    /// <summary>The next order is placed, and then the process ends before it has answered.</summary>
    public void DiesWhenItHasPlaced() => File.WriteAllText(At("dies"), "");

    /// <summary>Ends the process as nobody wants it to end.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(int.Parse(File.ReadAllText(At("pid")), CultureInfo.InvariantCulture));
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>The server: <c>gone</c> lacks the look-up of stock, <c>more</c> says that it destroys, <c>other</c> takes other arguments, <c>less</c> says that placing an order reads.</summary>
    public McpServerOptions Options()
    {
        var how = File.Exists(At("how")) ? File.ReadAllText(At("how")) : "";
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        var stock = McpServerProgram.Tool(
            "get_stock",
            $$"""{"type":"object","properties":{"item":{"type":"string","description":"In {{how}} words."}{{(how == "other" ? ",\"shelf\":{\"type\":\"string\"}" : "")}}},"required":["item"{{(how == "other" ? ",\"shelf\"" : "")}}]}""",
            a => a["item"]!.ToString() == "nothing" ? Die() : """{"left":"seven"}""",
            how == "more" ? new() { Destructive = true } : new() { ReadOnly = true, OpenWorld = false });
        if (how != "gone") tools.Add(stock);
        tools.Add(McpServerProgram.Tool(
            "place_order",
            """{"type":"object","properties":{"reference":{"type":"string"},"key":{"type":"string"}},"required":["reference"]}""",
            a => Place(a["key"]?.ToString() ?? ""),
            how == "less" ? new() { ReadOnly = true, OpenWorld = false } : new()));
        tools.Add(McpServerProgram.Tool(
            "find_order",
            """{"type":"object","properties":{"key":{"type":"string"}},"required":["key"]}""",
            a => Placed.Contains(a["key"]!.ToString()) ? """[{"number":"KX1"}]""" : "[]",
            new() { ReadOnly = true, OpenWorld = false }));
        tools.Add(McpServerProgram.Tool("sell_out", """{"type":"object","properties":{}}""", _ => tools.Remove(stock) ? "" : "none", new()));
        return new() { ServerInfo = new() { Name = "shop", Version = "1" }, ToolCollection = tools };
    }

    private string Place(string key)
    {
        File.AppendAllText(At("placed"), key + Environment.NewLine);
        if (!File.Exists(At("dies"))) return """{"number":"KX1"}""";
        File.Delete(At("dies"));
        return Die();
    }

    private static string Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
        return "";
    }

    private string At(string file) => Path.Combine(folder, file);
}
