using System.Collections.Immutable;
using System.Net.Sockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Llm.Imports;
using ContactCenterAgent.Runtime;

namespace ContactCenterAgent.Host.Agents;

/// <summary>The tools of other systems as the operator has them, with the connections that they need.</summary>
internal sealed partial class ImportedTools : IAsyncDisposable
{
    private readonly List<McpTools> _servers = [];
    private readonly TaskScope _keeping;
    private readonly List<HttpClient> _clients = [];
    private readonly List<Tool> _tools = [];
    private readonly List<string> _says = [];
    private readonly IConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private ImportedTools(IConfiguration configuration, TimeProvider time, ILogger log)
    {
        (_configuration, _time, _log) = (configuration, time, log);
        _keeping = new(fault => LogUnkept(fault.GetType().Name), CancellationToken.None);
    }

    /// <summary>The tools.</summary>
    public ImmutableArray<Tool> Tools => [.. _tools];

    /// <summary>What was imported, with effects, line by line.</summary>
    public ImmutableArray<string> Says => [.. _says];

    /// <summary>How the MCP servers do.</summary>
    public ImmutableArray<SourceFigures> Servers =>
        [.. _servers.Select(server => new SourceFigures(server.Source, server.State.ToString(), [.. server.Refused.Select(r => $"{r.Key}: {r.Value}").Order(StringComparer.Ordinal)]))];

    /// <summary>Reaches every source and imports its tools.</summary>
    /// <param name="configuration">Holds the settings, and the secrets under the names that the settings give.</param>
    /// <param name="own">Tools that are there already: their names are taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets a line when a source is lost and one when it is back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingException">A setting does not fit the source.</exception>
    /// <exception cref="IOException">A source that is required cannot be reached.</exception>
    public static async Task<ImportedTools> OpenAsync(IConfiguration configuration, ImmutableArray<Tool> own, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        var settings = configuration.Of<ToolSettings>();
        var imported = new ImportedTools(configuration, time, log);
        try
        {
            ToolSourceSettings[] all = [.. settings.Mcp, .. settings.OpenApi];
            var twice = all.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
            if (twice is { Length: > 0 }) throw new SettingException($"Tools:Mcp and Tools:OpenApi have two sources called {twice}. Allowed: one Name each.");
            foreach (var (i, mcp) in settings.Mcp.Index()) await imported.AddAsync(mcp, $"Tools:Mcp:{i}", own, imported.McpAsync, cancellationToken);
            foreach (var (i, api) in settings.OpenApi.Index()) await imported.AddAsync(api, $"Tools:OpenApi:{i}", own, imported.OpenApiAsync, cancellationToken);
            return imported;
        }
        catch
        {
            await imported.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _keeping.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        foreach (var client in _clients) client.Dispose();
    }

    private async Task AddAsync<T>(
        T source, string path, ImmutableArray<Tool> own, Func<T, string, ImportOptions, CancellationToken, Task<(ToolImport Import, string From)>> open, CancellationToken cancellationToken)
        where T : ToolSourceSettings
    {
        if (source.Name.Length == 0) throw new SettingException($"{path}:Name is missing. Allowed: a name of up to 40 characters.");
        var options = ImportSettings.Options(source, path, own.Concat(_tools).Select(t => t.Descriptor.Name));
        using var limit = new CancellationTokenSource(source.ConnectMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (import, from) = await open(source, path, options, either.Token);
            _tools.AddRange(import.Tools);
            _says.Add($"Tools of {source.Name}, {from}:");
            _says.AddRange(ToolLines.Of(import));
        }
        catch (Exception fault) when (fault is ToolUnavailableException or HttpRequestException or SocketException or IOException || (fault is OperationCanceledException && limit.IsCancellationRequested))
        {
            var why = fault is OperationCanceledException ? $"no answer within {source.ConnectMax.TotalSeconds:0.#} s ({path}:ConnectMax)" : fault.GetBaseException().Message;
            if (source.Required) throw new IOException($"The tools of {source.Name} cannot be reached: {why}. Set {path}:Required to false to start without them.", fault);
            _says.Add($"Tools of {source.Name}: none, it cannot be reached: {why}");
        }
    }

    private static void Check(ToolImport import, string path, string name)
    {
        if (import.Refused.FirstOrDefault(r => r.Named) is { } refused) throw new SettingException($"{path}: {refused.Reason} Its rule, or {path}:Only, names it.");
        if (import.Unknown.IsEmpty) return;
        throw new SettingException($"{path} names {string.Join(", ", import.Unknown)}, which {name} does not have. It has: {string.Join(", ", import.Names)}.");
    }

    private async Task<(ToolImport, string)> McpAsync(McpSourceSettings source, string path, ImportOptions options, CancellationToken cancellationToken)
    {
        var recovery = new McpRecovery { Max = source.ReconnectMax, ConnectMax = source.ConnectMax, Time = _time, Log = _log };
        var mcp = (source.Command, source.Url) switch
        {
            ({ } command, null) => await McpTools.StartAsync(
                command, source.Arguments, _configuration.Named($"{path}:Environment", source.Environment).ToDictionary(v => v.Key, string? (v) => v.Value), options, recovery, cancellationToken),
            (null, { } url) => await McpTools.ConnectAsync(new(url), _configuration.Named($"{path}:Headers", source.Headers), options, recovery, cancellationToken),
            _ => throw new SettingException($"{path} needs a server. Allowed: {path}:Command or {path}:Url, one of them."),
        };
        _servers.Add(mcp);
        Check(mcp.Import, path, source.Name);
        _keeping.Start(mcp.KeepAsync);
        return (mcp.Import, source.Url ?? $"MCP server {Path.GetFileName(source.Command)}");
    }

    private async Task<(ToolImport, string)> OpenApiAsync(OpenApiSourceSettings source, string path, ImportOptions options, CancellationToken cancellationToken)
    {
        if (source.Document.Length == 0) throw new SettingException($"{path}:Document is missing. Allowed: a file or an address.");
        var headers = _configuration.Named($"{path}:Headers", source.Headers);

        // A redirect would carry our credentials to somewhere that nobody has named.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = source.ConnectMax }) { Timeout = Timeout.InfiniteTimeSpan };
        _clients.Add(http);
        var server = source.Server is null ? null : new Uri(source.Server);
        try
        {
            var document = await OpenApiSource.ReadAsync(source.Document, server, headers, http, path, cancellationToken);
            foreach (var (name, value) in headers)
                if (!http.DefaultRequestHeaders.TryAddWithoutValidation(name, value)) throw new SettingException($"{path}:Headers has {name}, which is no header of a request.");
            var import = OpenApiTools.Import(document, http, server, options);
            Check(import, path, source.Name);
            var address = server ?? OpenApiTools.ServerOf(document);
            return (import, $"{address}{await ReachedAsync(address, source.Required, cancellationToken)}");
        }
        catch (FormatException broken)
        {
            throw new SettingException($"{path}:Document: {broken.Message}", broken);
        }
    }

    // Without a request: nothing at the other end counts it.
    private static async Task<string> ReachedAsync(Uri server, bool required, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.IdnHost, server.Port, cancellationToken);
            return "";
        }
        catch (Exception fault) when (!required && fault is SocketException or OperationCanceledException)
        {
            return " (not reached yet: its calls fail until it is)";
        }
    }

    [LoggerMessage(560, LogLevel.Error, "tools.unkept: {Fault}; an MCP server is not reached again when it is gone")]
    private partial void LogUnkept(string fault);
}
