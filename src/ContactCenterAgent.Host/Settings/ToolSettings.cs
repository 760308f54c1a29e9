using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Core.Calls;

namespace ContactCenterAgent.Host.Settings;

/// <summary>How tools are run. Root <c>Tools</c>.</summary>
public sealed class ToolSettings
{
    /// <summary>Whether reads and holds start while the caller speaks.</summary>
    /// <value><c>On</c> (default), or <c>Sequential</c>: the textbook agent, for comparison.</value>
    [EnumDataType(typeof(Speculation))]
    public Speculation Speculation { get; set; } = Speculation.On;

    /// <summary>Tool calls started in one turn at most.</summary>
    /// <value>1 to 200. Default 24.</value>
    [Range(1, 200)]
    public int CallsPerTurn { get; set; } = 24;

    /// <summary>Tool calls started in one call at most.</summary>
    /// <value>1 to 10,000. Default 200.</value>
    [Range(1, 10_000)]
    public int CallsPerCall { get; set; } = 200;

    /// <summary>Tool calls of one call that run at once against one back end.</summary>
    /// <value>1 to 64. Default 4.</value>
    [Range(1, 64)]
    public int RunningPerBackEnd { get; set; } = 4;

    /// <summary>Whether reads that tell a third party something, or are billed, may run before the turn has closed.</summary>
    /// <value>Default <c>false</c>.</value>
    public bool DiscloseOnGuess { get; set; }

    /// <summary>Whether the demo business's own tools (customers, orders, diary) are there beside the imported ones.</summary>
    /// <value>Default <c>true</c>.</value>
    public bool Demo { get; set; } = true;

    /// <summary>MCP servers whose tools are imported.</summary>
    /// <value>A list of up to 16.</value>
    [MaxLength(16)]
    public McpSourceSettings[] Mcp { get; set; } = [];

    /// <summary>OpenAPI documents whose operations are imported.</summary>
    /// <value>A list of up to 16.</value>
    [MaxLength(16)]
    public OpenApiSourceSettings[] OpenApi { get; set; } = [];
}
