using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Tool = ModelContextProtocol.Protocol.Tool;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>
/// The tools of a Model Context Protocol server, over stdio (a process of ours) or HTTP. Effects come from the annotations: <c>readOnlyHint</c> is a <see cref="ToolEffect.Read"/>, with <c>openWorldHint</c> a
/// <see cref="ToolEffect.Disclose"/>; <c>destructiveHint</c> is <see cref="ToolEffect.Irreversible"/>; anything else, and nothing, is <see cref="ToolEffect.Write"/>. (MCP specification, "Tools", "ToolAnnotations".)
/// </summary>
/// <remarks>
/// A server that is gone (its process has ended, its connection is broken, its session is not known any more) is reached again while <see cref="KeepAsync"/> runs. Meanwhile every call fails at once, with
/// nothing sent. What was under way when it went ends as <see cref="IOException"/>: a read may be asked again, an effect's outcome is nobody's to know before its look-up. Then the tools are read again:
/// <see cref="Import"/> stays as it was, and those that are gone or changed are refused. Disposal ends the session, and the process of a stdio server. Thread-safe.
/// </remarks>
public sealed partial class McpTools : IAsyncDisposable
{
    // The client waits so long for a process before it ends it.
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(1);

    private readonly IClientTransport _transport;
    private readonly ImportOptions _options;
    private readonly McpRecovery _recovery;
    private readonly FrozenDictionary<string, ForeignTool> _atStart;
    private readonly ILogger _log;
    private McpLink _link;
    private McpState _said;
    private volatile FrozenDictionary<string, string> _refused = FrozenDictionary<string, string>.Empty;

    private McpTools(IClientTransport transport, McpLink link, IReadOnlyList<Tool> tools, ImportOptions options, McpRecovery recovery)
    {
        (_transport, _link, _options, _recovery, _log) = (transport, link, options, recovery, recovery.Log);
        var foreign = tools.Select(Foreign).ToImmutableArray();
        _atStart = foreign.DistinctBy(tool => tool.Name).ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        Import = ImportedTool.Import(foreign, [], options);
        Become(McpState.Connected);
    }

    /// <summary>What came of the import.</summary>
    public ToolImport Import { get; }

    /// <summary>The server's name.</summary>
    public string Source => _options.Source;

    /// <summary>Whether the server can be asked.</summary>
    public McpState State => Volatile.Read(ref _link).Ended is null ? McpState.Connected : McpState.Reconnecting;

    /// <summary>Tools that are refused since the server has described them anew, by its own names, with the reason: <c>tool_gone</c> or <c>tool_changed</c>.</summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>Starts a server as a process and imports its tools.</summary>
    /// <param name="command">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Further variables; secrets belong here and not among the arguments.</param>
    /// <param name="options">How the tools are imported.</param>
    /// <param name="recovery">How it is started again when it has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolUnavailableException">The server does not start or does not speak the protocol.</exception>
    public static Task<McpTools> StartAsync(
        string command, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, ImportOptions options, McpRecovery recovery, CancellationToken cancellationToken) =>
        ConnectAsync(
            new StdioClientTransport(new()
            {
                Name = options.Source,
                Command = command,
                Arguments = [.. arguments],
                EnvironmentVariables = environment.ToDictionary(),
                ShutdownTimeout = GoodbyeMax,
            }),
            options,
            recovery,
            cancellationToken);

    /// <summary>Connects to a server over HTTP and imports its tools.</summary>
    /// <param name="address">The server's endpoint.</param>
    /// <param name="headers">Further headers, such as <c>Authorization</c>.</param>
    /// <param name="options">How the tools are imported.</param>
    /// <param name="recovery">How it is reached again when it is gone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolUnavailableException">The server is not there or does not speak the protocol.</exception>
    public static Task<McpTools> ConnectAsync(Uri address, IReadOnlyDictionary<string, string> headers, ImportOptions options, McpRecovery recovery, CancellationToken cancellationToken) =>
        ConnectAsync(new HttpClientTransport(new() { Endpoint = address, Name = options.Source, AdditionalHeaders = headers.ToDictionary() }), options, recovery, cancellationToken);

    /// <summary>Reaches the server again whenever it is gone, and reads its tools again whenever it says that they have changed, until it is told to stop. Run it once.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var attempt = 0;
            while (true)
            {
                var began = _recovery.Time.GetTimestamp();
                await foreach (var _ in _link.News.ReadAllAsync(cancellationToken)) await ReadAgainAsync(cancellationToken);
                if (_recovery.Time.GetElapsedTime(began) >= _recovery.Max) attempt = 0;
                attempt = await ReconnectAsync(attempt, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it stops.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_said == McpState.Connected) LlmMetrics.SourcesConnected.Add(-1, Of(Source));
        await CloseAsync(_link);
        if (_transport is IAsyncDisposable owned) await owned.DisposeAsync();
    }

    private static async Task<McpTools> ConnectAsync(IClientTransport transport, ImportOptions options, McpRecovery recovery, CancellationToken cancellationToken)
    {
        McpLink? link = null;
        try
        {
            link = await McpLink.OpenAsync(transport, cancellationToken);
            return new(transport, link, await link.ListAsync(cancellationToken), options, recovery);
        }
        catch
        {
            if (link is not null) await link.DisposeAsync();
            if (transport is IAsyncDisposable owned) await owned.DisposeAsync();
            throw;
        }
    }

    /// <returns>The number of the attempt that comes next, should the connection not last.</returns>
    private async Task<int> ReconnectAsync(int attempt, CancellationToken cancellationToken)
    {
        var began = _recovery.Time.GetTimestamp();
        Become(McpState.Reconnecting);
        LogLost(Source, _link.Ended!);
        await CloseAsync(_link);
        for (var tried = 1; ; tried++)
        {
            await Task.Delay(_recovery.Wait(attempt++), _recovery.Time, cancellationToken);
            if (!await TryConnectAsync(cancellationToken)) continue;
            Become(McpState.Connected);
            LogBack(Source, _recovery.Time.GetElapsedTime(began), tried, Sentence(_refused));
            return attempt;
        }
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_recovery.ConnectMax, _recovery.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        McpLink? link = null;
        try
        {
            link = await McpLink.OpenAsync(_transport, either.Token);
            _refused = Judge(await link.ListAsync(either.Token));
            Volatile.Write(ref _link, link);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A server that is not itself may make its client throw anything; the next attempt is what there is to do.
            if (link is not null) await CloseAsync(link);
            return false;
        }
    }

    private async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_recovery.ConnectMax, _recovery.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var refused = Judge(await _link.ListAsync(either.Token));
            if (Sentence(refused) == Sentence(_refused)) return;
            _refused = refused;
            LogChanged(Source, Sentence(refused));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody knows what its tools are now: a new connection asks again.
            _link.End("tools not listed");
        }
    }

    // A server that does not answer the goodbye is left behind.
    private async Task CloseAsync(McpLink link) =>
        await link.DisposeAsync().AsTask().WaitAsync(_recovery.ConnectMax, _recovery.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private FrozenDictionary<string, string> Judge(IReadOnlyList<Tool> tools)
    {
        var now = tools.Select(Foreign).DistinctBy(tool => tool.Name).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        return _atStart.Values
            .Select(then => (then.Name, Why: ChangedTool.Why(then, now.GetValueOrDefault(then.Name), ImportedTool.Rule(then.Name, _options)?.Effect is not null)))
            .Where(judged => judged.Why is not null)
            .ToFrozenDictionary(judged => judged.Name, judged => judged.Why!, StringComparer.Ordinal);
    }

    private void Become(McpState state)
    {
        _said = state;
        LlmMetrics.SourcesConnected.Add(state == McpState.Connected ? 1 : -1, Of(Source));
        LlmMetrics.SourceChanges.Add(1, Of(Source), new("state", state.ToString()));
    }

    private static string Sentence(FrozenDictionary<string, string> refused) =>
        refused.Count == 0 ? "none" : string.Join(", ", refused.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} ({r.Value})"));

    private static KeyValuePair<string, object?> Of(string source) => new("source", source);

    private ForeignTool Foreign(Tool tool)
    {
        var schema = tool.InputSchema;
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        ImmutableArray<(string, JsonElement, bool)> properties = schema.TryGetProperty("properties", out var declared) && declared.ValueKind == JsonValueKind.Object
            ? [.. declared.EnumerateObject().Select(p => (p.Name, p.Value, required.Contains(p.Name)))]
            : [];
        return new(tool.Name, tool.Description ?? tool.Title ?? "", Effect(tool.Annotations), properties, schema, TakesHeaders: false, (arguments, ct) => CallAsync(tool.Name, arguments, ct));
    }

    private static ToolEffect Effect(ToolAnnotations? says) => says switch
    {
        { ReadOnlyHint: true, OpenWorldHint: true } => ToolEffect.Disclose,
        { ReadOnlyHint: true } => ToolEffect.Read,
        { DestructiveHint: true } => ToolEffect.Irreversible,
        _ => ToolEffect.Write,
    };

    private async Task<string> CallAsync(string name, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (_refused.TryGetValue(name, out var why)) throw new ToolUnavailableException($"The MCP server {Source} has no tool {name} any more that is what it was at start: {why}.");
        var result = await Volatile.Read(ref _link).CallAsync(name, arguments, cancellationToken);

        // The tool's own error may come after a change: what it was is for its look-up or for a person, not for the caller.
        if (result.IsError == true) throw new InvalidOperationException("The MCP tool reported an error.");
        if (result.StructuredContent is { ValueKind: not JsonValueKind.Undefined } structured) return structured.GetRawText();
        return string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }
}
