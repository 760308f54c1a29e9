using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ContactCenterAgent.Llm.Tests.Imports;

/// <summary>The same server over streamable HTTP on 127.0.0.1, with one session a client.</summary>
internal sealed class LoopbackMcp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (StreamableHttpServerTransport Transport, McpServer Server, Task Run)> _sessions = new();

    private bool _takesSessionsOnly;

    private LoopbackMcp(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Calls of tools are done, and the connection is cut instead of an answer.</summary>
    public bool Cuts { get; set; }

    /// <summary>Calls of tools that have arrived.</summary>
    public int Calls { get; private set; }

    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Every session is unknown from now on.</summary>
    public async Task ForgetAsync()
    {
        foreach (var (id, _) in _sessions) await EndAsync(id);
    }

    /// <summary>Starts it.</summary>
    /// <param name="port">0 = any that is free.</param>
    /// <param name="takesSessionsOnly">It is older than the protocol's revision without sessions (2026-07-28): a client must open one first.</param>
    public static async Task<LoopbackMcp> StartAsync(int port = 0, bool takesSessionsOnly = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LoopbackMcp(app) { _takesSessionsOnly = takesSessionsOnly };
        app.MapPost("/mcp", server.PostAsync);
        app.MapDelete("/mcp", server.EndAsync);
        await app.StartAsync();
        server.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/mcp");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task PostAsync(HttpContext context)
    {
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        var message = (await JsonSerializer.DeserializeAsync(context.Request.Body, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))))!;
        var id = context.Request.Headers["Mcp-Session-Id"].ToString();
        if (id.Length == 0 && (!_takesSessionsOnly || message is JsonRpcRequest { Method: RequestMethods.Initialize })) id = Open();
        if (!_sessions.TryGetValue(id, out var session))
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.Headers["Mcp-Session-Id"] = id;
        context.Response.ContentType = "text/event-stream";
        var isCall = message is JsonRpcRequest { Method: RequestMethods.ToolsCall };
        if (isCall) Calls++;
        if (isCall && Cuts)
        {
            await context.Response.StartAsync(context.RequestAborted);
            await session.Transport.HandlePostRequestAsync(message, Stream.Null, context.RequestAborted);
            context.Abort();
            return;
        }

        if (!await session.Transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted)) context.Response.StatusCode = 202;
    }

    private async Task EndAsync(HttpContext context) => await EndAsync(context.Request.Headers["Mcp-Session-Id"].ToString());

    private string Open()
    {
        var id = Guid.NewGuid().ToString("n");
        var transport = new StreamableHttpServerTransport { SessionId = id };
        var server = McpServer.Create(transport, McpServerProgram.Options());
        _sessions[id] = (transport, server, server.RunAsync());
        return id;
    }

    private async Task EndAsync(string id)
    {
        if (!_sessions.TryRemove(id, out var session)) return;
        await session.Transport.DisposeAsync();
        await session.Run;
        await session.Server.DisposeAsync();
    }
}
