using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Tool = ModelContextProtocol.Protocol.Tool;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>One connection to a server of the Model Context Protocol, from its beginning to its end.</summary>
internal sealed class McpLink : IAsyncDisposable
{
    private const string ListensSince = "2026-07-28";
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closing = new();
    private McpClient _client = null!;
    private volatile string? _why;

    private McpLink()
    {
    }

    /// <summary>An entry whenever the tools may have changed; completed when the connection has ended.</summary>
    public ChannelReader<bool> News => _news.Reader;

    /// <summary>Why it has ended, for the operator; null = it has not.</summary>
    public string? Ended => _why;

    /// <summary>Connects.</summary>
    /// <exception cref="ToolUnavailableException">The server is not there or does not speak the protocol.</exception>
    public static async Task<McpLink> OpenAsync(IClientTransport transport, CancellationToken cancellationToken)
    {
        var link = new McpLink();
        try
        {
            link._client = await McpClient.CreateAsync(transport, new() { Handlers = new() { NotificationHandlers = link.Handlers() } }, cancellationToken: cancellationToken);
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            throw new ToolUnavailableException("The MCP server cannot be reached or does not speak the protocol.", fault);
        }

        _ = link._client.Completion.ContinueWith(ended => link.End(Why(ended.Result)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (transport is StdioClientTransport) link.Listen();
        return link;
    }

    /// <summary>The tools that the server has now.</summary>
    /// <exception cref="ToolUnavailableException">It does not say.</exception>
    public async Task<IReadOnlyList<Tool>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await _client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => tool.ProtocolTool)];
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            throw new ToolUnavailableException("The MCP server does not say which tools it has.", fault);
        }
    }

    /// <summary>Runs a tool, once: nothing is sent a second time.</summary>
    /// <exception cref="ToolRefusedException">The server does not take the arguments.</exception>
    /// <exception cref="ToolUnavailableException">It was not reached, or has not taken the request: nothing was changed.</exception>
    /// <exception cref="IOException">The connection ended on the way: what was changed, nobody knows.</exception>
    public async Task<CallToolResult> CallAsync(string name, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (_why is not null) throw new ToolUnavailableException("The MCP server is gone.");
        try
        {
            return await _client.CallToolAsync(name, arguments.ToDictionary(a => a.Key, object? (a) => a.Value), cancellationToken: cancellationToken);
        }
        catch (McpProtocolException refused) when (refused.ErrorCode == McpErrorCode.InvalidParams)
        {
            throw new ToolRefusedException("invalid_arguments");
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            // A 404 with a session is a session that is gone; the request was not taken (MCP specification, "Transports", "Session Management").
            if (refused.StatusCode == HttpStatusCode.NotFound) End("HTTP 404");
            throw new ToolUnavailableException("The MCP server did not take the request.", refused);
        }
        catch (HttpRequestException unreachable) when (unreachable.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            End("unreachable");
            throw new ToolUnavailableException("The MCP server cannot be reached.", unreachable);
        }
        catch (Exception lost) when (IsLost(lost) && !cancellationToken.IsCancellationRequested)
        {
            End(lost.GetType().Name);
            throw new IOException("The connection to the MCP server ended on the way.", lost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End("closed");
        await _closing.CancelAsync();
        await _client.DisposeAsync();
        _closing.Dispose();
    }

    // What changed before the server listened to us is not told: its acknowledgement counts as news.
    private Dictionary<string, Func<JsonRpcNotification, CancellationToken, ValueTask>> Handlers()
    {
        return new(StringComparer.Ordinal) { [NotificationMethods.ToolListChangedNotification] = NewsAsync, [NotificationMethods.SubscriptionsAcknowledgedNotification] = NewsAsync };

        ValueTask NewsAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
        {
            _news.Writer.TryWrite(true);
            return ValueTask.CompletedTask;
        }
    }

    // From revision 2026-07-28 on a server tells changes to those only who ask for them (MCP specification, "Subscriptions"). The request stays open, so over HTTP, where it would hold a connection, it is not made.
    private void Listen()
    {
        if (string.CompareOrdinal(_client.NegotiatedProtocolVersion, ListensSince) < 0 || _client.ServerCapabilities.Tools?.ListChanged != true) return;
        _ = _client.SendRequestAsync<SubscriptionsListenRequestParams, EmptyResult>(
            RequestMethods.SubscriptionsListen, new() { Notifications = new() { ToolsListChanged = true } }, cancellationToken: _closing.Token)
            .AsTask().ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>It is of no more use.</summary>
    public void End(string why)
    {
        Interlocked.CompareExchange(ref _why, why, null);
        _news.Writer.TryComplete();
    }

    private static bool IsUnreachable(Exception fault) =>
        fault is McpException or IOException or HttpRequestException or TimeoutException or InvalidOperationException or System.ComponentModel.Win32Exception;

    // A cancellation that nobody asked for is the connection's; an answer that says no is a McpProtocolException.
    private static bool IsLost(Exception fault) =>
        fault is IOException or ObjectDisposedException or OperationCanceledException or HttpRequestException { StatusCode: null } or (McpException and not McpProtocolException);

    private static string Why(ClientCompletionDetails details) => details switch
    {
        StdioClientCompletionDetails { ExitCode: { } code } => $"exit code {code}",
        HttpClientCompletionDetails { HttpStatusCode: { } status } => $"HTTP {(int)status}",
        _ => "closed",
    };
}
