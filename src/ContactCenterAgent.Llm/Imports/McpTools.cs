using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Tool = ContactCenterAgent.Abstractions.Tool;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>
/// The tools of a Model Context Protocol server, over stdio (a process of ours) or HTTP. Effects come from the annotations: <c>readOnlyHint</c> is a <see cref="ToolEffect.Read"/>, with <c>openWorldHint</c> a
/// <see cref="ToolEffect.Disclose"/>; <c>destructiveHint</c> is <see cref="ToolEffect.Irreversible"/>; anything else, and nothing, is <see cref="ToolEffect.Write"/>. (MCP specification, "Tools", "ToolAnnotations".)
/// </summary>
/// <remarks>Disposal ends the session, and the process of a stdio server.</remarks>
public sealed class McpTools : IAsyncDisposable
{
    private readonly McpClient _client;

    private McpTools(McpClient client, ToolImport import) => (_client, Import) = (client, import);

    /// <summary>What came of the import.</summary>
    public ToolImport Import { get; }

    /// <summary>Starts a server as a process and imports its tools.</summary>
    /// <param name="command">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Further variables; secrets belong here and not among the arguments.</param>
    /// <param name="options">How the tools are imported.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolUnavailableException">The server does not start or does not speak the protocol.</exception>
    public static Task<McpTools> StartAsync(
        string command, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, ImportOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(
            new StdioClientTransport(new()
            {
                Name = options.Source,
                Command = command,
                Arguments = [.. arguments],
                EnvironmentVariables = environment.ToDictionary(),
            }),
            options,
            cancellationToken);

    /// <summary>Connects to a server over HTTP and imports its tools.</summary>
    /// <param name="address">The server's endpoint.</param>
    /// <param name="headers">Further headers, such as <c>Authorization</c>.</param>
    /// <param name="options">How the tools are imported.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolUnavailableException">The server is not there or does not speak the protocol.</exception>
    public static Task<McpTools> ConnectAsync(Uri address, IReadOnlyDictionary<string, string> headers, ImportOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(new HttpClientTransport(new() { Endpoint = address, Name = options.Source, AdditionalHeaders = headers.ToDictionary() }), options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static async Task<McpTools> ConnectAsync(IClientTransport transport, ImportOptions options, CancellationToken cancellationToken)
    {
        McpClient? client = null;
        try
        {
            client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
            var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
            var connected = client;
            return new(client, ImportedTool.Import(tools.Select(tool => Foreign(connected, tool.ProtocolTool)), [], options));
        }
        catch (Exception failed) when (failed is McpException or IOException or HttpRequestException or TimeoutException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            if (client is not null) await client.DisposeAsync();
            throw new ToolUnavailableException($"The MCP server {options.Source} cannot be reached or does not speak the protocol.", failed);
        }
    }

    private static ForeignTool Foreign(McpClient client, ModelContextProtocol.Protocol.Tool tool)
    {
        var schema = tool.InputSchema;
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        ImmutableArray<(string, JsonElement, bool)> properties = schema.TryGetProperty("properties", out var declared) && declared.ValueKind == JsonValueKind.Object
            ? [.. declared.EnumerateObject().Select(p => (p.Name, p.Value, required.Contains(p.Name)))]
            : [];
        return new(tool.Name, tool.Description ?? tool.Title ?? "", Effect(tool.Annotations), properties, schema, TakesHeaders: false, (arguments, ct) => CallAsync(client, tool.Name, arguments, ct));
    }

    private static ToolEffect Effect(ToolAnnotations? says) => says switch
    {
        { ReadOnlyHint: true, OpenWorldHint: true } => ToolEffect.Disclose,
        { ReadOnlyHint: true } => ToolEffect.Read,
        { DestructiveHint: true } => ToolEffect.Irreversible,
        _ => ToolEffect.Write,
    };

    private static async Task<string> CallAsync(McpClient client, string name, JsonObject arguments, CancellationToken cancellationToken)
    {
        CallToolResult result;
        try
        {
            result = await client.CallToolAsync(name, arguments.ToDictionary(a => a.Key, object? (a) => a.Value), cancellationToken: cancellationToken);
        }
        catch (McpProtocolException refused) when (refused.ErrorCode == McpErrorCode.InvalidParams)
        {
            throw new ToolRefusedException("invalid_arguments");
        }

        // The tool's own error may come after a change: what it was is for its look-up or for a person, not for the caller.
        if (result.IsError == true) throw new InvalidOperationException("The MCP tool reported an error.");
        if (result.StructuredContent is { ValueKind: not JsonValueKind.Undefined } structured) return structured.GetRawText();
        return string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }
}
