using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Another system whose tools are imported: what MCP servers and OpenAPI documents have in common.</summary>
public abstract class ToolSourceSettings
{
    /// <summary>Its name: the back end that its calls count against, and the prefix of names that are taken.</summary>
    /// <value>1 to 40 characters, one name each.</value>
    [StringLength(40, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>Whether the host refuses to start where it cannot be reached. No: it starts, and says what is missing.</summary>
    /// <value>Default <c>true</c>.</value>
    public bool Required { get; set; } = true;

    /// <summary>Whether what it says of its own tools' effects is believed. No: all of them are writes but for the rules.</summary>
    /// <value>Default <c>true</c>.</value>
    public bool Trusted { get; set; } = true;

    /// <summary>Stands before every tool's name.</summary>
    /// <value>Up to 20 characters. Default: the source's name, and only before names that are taken.</value>
    [StringLength(20)]
    public string? Prefix { get; set; }

    /// <summary>The tools that are taken.</summary>
    /// <value>Names as the source has them. Default: all that can be used.</value>
    [MaxLength(200)]
    public string[] Only { get; set; } = [];

    /// <summary>How long it may take to be reached when the host starts.</summary>
    /// <value>100 ms to 2 min. Default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan ConnectMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Characters of a result; a longer one is cut by rows and marked as truncated.</summary>
    /// <value>1,000 to 1,000,000. Default 65,536.</value>
    [Range(1_000, 1_000_000)]
    public int ResultCharacters { get; set; } = 65_536;

    /// <summary>What the operator says of its tools; it wins over what the source says.</summary>
    /// <value>One rule a tool.</value>
    [MaxLength(200)]
    public ToolRuleSettings[] Rules { get; set; } = [];
}

/// <summary>An MCP server, as a process or over HTTP. An entry of <c>Tools:Mcp</c>.</summary>
public sealed class McpSourceSettings : ToolSourceSettings
{
    /// <summary>The program of a server that speaks over its standard input and output.</summary>
    /// <value>A program of the search path, or a file. Either this or <see cref="Url"/>.</value>
    [StringLength(1_000)]
    public string? Command { get; set; }

    /// <summary>The program's arguments. Everybody on the machine can read them: no secrets.</summary>
    [MaxLength(100)]
    public string[] Arguments { get; set; } = [];

    /// <summary>Further variables of the program's environment.</summary>
    [MaxLength(100)]
    public NamedValueSettings[] Environment { get; set; } = [];

    /// <summary>The address of a server that speaks over HTTP.</summary>
    /// <value>An http or https address.</value>
    [HttpAddress]
    public string? Url { get; set; }

    /// <summary>The longest wait between two attempts to reach a server that is gone; the first comes after half a second at most, each further one after twice the wait.</summary>
    /// <value>1 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Headers of every request over HTTP.</summary>
    [MaxLength(20)]
    public NamedValueSettings[] Headers { get; set; } = [];
}

/// <summary>An OpenAPI 3 document in JSON or YAML. An entry of <c>Tools:OpenApi</c>.</summary>
public sealed class OpenApiSourceSettings : ToolSourceSettings
{
    /// <summary>The document.</summary>
    /// <value>A file, or an http or https address; up to 8 MiB. YAML by its content type or by the ending .yaml or .yml, else JSON.</value>
    [StringLength(1_000, MinimumLength = 1)]
    public string Document { get; set; } = "";

    /// <summary>The base address of the requests.</summary>
    /// <value>An http or https address. Default: the document's first server.</value>
    [HttpAddress]
    public string? Server { get; set; }

    /// <summary>Headers of every request: who we are.</summary>
    [MaxLength(20)]
    public NamedValueSettings[] Headers { get; set; } = [];
}

/// <summary>A header or a variable, as it stands or with a secret from elsewhere.</summary>
public sealed class NamedValueSettings
{
    /// <summary>Its name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>Its value, where it is no secret.</summary>
    [StringLength(2_000)]
    public string? Value { get; set; }

    /// <summary>The environment variable, or the key of another configuration provider, that holds its value. What <c>appsettings.json</c> holds under that name is not taken.</summary>
    [StringLength(200)]
    public string? From { get; set; }

    /// <summary>Stands before the value with a space: <c>Bearer</c>.</summary>
    [StringLength(40)]
    public string? Scheme { get; set; }
}
