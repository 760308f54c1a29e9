using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>
/// A server on 127.0.0.1 that speaks OpenAI's protocols: chat (streamed and whole), real-time sessions, transcription, speech; and what llama-server and vLLM show of themselves. It
/// says what a test has written down, in order, and keeps what it was asked.
/// </summary>
internal sealed class LoopbackOpenAI : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<LoopbackAnswer> _answers = new();

    private LoopbackOpenAI(WebApplication app) => _app = app;

    /// <summary>Base address with the version: <c>http://127.0.0.1:PORT/v1/</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Requests in order of their arrival.</summary>
    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    /// <summary>Events that real-time clients have sent, in order.</summary>
    public ConcurrentQueue<JsonObject> RealtimeEvents { get; } = new();

    /// <summary>What is said to a chat request's body when nothing is written down; null = it fails.</summary>
    public Func<JsonNode, LoopbackAnswer>? Rule { get; set; }

    /// <summary>Answers that their reader did not wait for.</summary>
    public int Abandoned => _abandoned;

    /// <summary>Status of <c>/health</c>.</summary>
    public int Health { get; set; } = 200;

    /// <summary>Body of <c>/metrics</c>; null = 404, as llama-server without <c>--metrics</c>.</summary>
    public string? Metrics { get; set; }

    /// <summary>Whether <c>/slots?fail_on_no_slot=1</c> finds a free slot.</summary>
    public bool HasFreeSlot { get; set; } = true;

    /// <summary>What the recogniser hears next.</summary>
    public ConcurrentQueue<string> Transcripts { get; } = new();

    private int _abandoned;

    public static async Task<LoopbackOpenAI> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LoopbackOpenAI(app);
        app.UseWebSockets();
        app.Use(server.KeepAsync);
        app.MapPost("/v1/chat/completions", server.ChatAsync);
        app.Map("/v1/realtime", server.RealtimeAsync);
        app.MapPost("/v1/audio/transcriptions", context => LoopbackAudio.TranscribeAsync(context, server.Transcripts));
        app.MapPost("/v1/audio/speech", LoopbackAudio.SpeakAsync);
        app.MapGet("/v1/models", () => Results.Json(new { data = new[] { new { id = "loopback", @object = "model" } } }));
        app.MapGet("/health", () => Results.Json(new { status = server.Health == 200 ? "ok" : "loading" }, statusCode: server.Health));
        app.MapGet("/metrics", () => server.Metrics is { } text ? Results.Text(text, "text/plain; version=0.0.4") : Results.NotFound());
        app.MapGet("/slots", (int? fail_on_no_slot) => Results.Json(new[] { new { id = 0, is_processing = !server.HasFreeSlot } }, statusCode: fail_on_no_slot == 1 && !server.HasFreeSlot ? 503 : 200));
        await app.StartAsync();
        server.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1/");
        return server;
    }

    /// <summary>Puts an answer at the end of what is to be said.</summary>
    public LoopbackOpenAI Then(LoopbackAnswer answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>Bodies of the chat requests.</summary>
    public JsonNode[] Chats => [.. Requests.Where(r => r.Path.EndsWith("/chat/completions", StringComparison.Ordinal)).Select(r => r.Body!)];

    private async Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        JsonNode? body = null;
        if (context.Request.HasJsonContentType())
        {
            context.Request.EnableBuffering();
            body = await JsonNode.ParseAsync(context.Request.Body);
            context.Request.Body.Position = 0;
            context.Items["body"] = body;
        }

        Requests.Enqueue(new(context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        await next(context);
    }

    private async Task ChatAsync(HttpContext context)
    {
        var body = (JsonNode)context.Items["body"]!;
        if (!_answers.TryDequeue(out var answer)) answer = Rule?.Invoke(body) ?? LoopbackAnswer.Fails(500);
        try
        {
            await new LoopbackChat(context, body, Cached(body)).PlayAsync(answer);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _abandoned);
        }
    }

    private async Task RealtimeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new LoopbackRealtime(socket, _answers, RealtimeEvents).RunAsync(context.RequestAborted);
    }

    // Characters of the longest prefix that an earlier request shares, four to a token.
    private int Cached(JsonNode body)
    {
        var text = body["messages"]!.ToJsonString();
        return Chats.SkipLast(1).Select(earlier => Common(earlier["messages"]!.ToJsonString(), text)).DefaultIfEmpty().Max() / 4;
    }

    private static int Common(string a, string b)
    {
        var i = 0;
        while (i < a.Length && i < b.Length && a[i] == b[i]) i++;
        return i;
    }
}
