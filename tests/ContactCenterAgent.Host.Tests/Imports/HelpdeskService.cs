using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>What a request for a call-back meets.</summary>
internal enum CallbackFault
{
    None,

    /// <summary>It is kept, and the answer never comes.</summary>
    KeptAndSilent,

    /// <summary>It is lost before it is kept, and the answer is a failure.</summary>
    LostWithFailure,

    /// <summary>Nobody is free.</summary>
    Refused,
}

/// <summary>The REST service of <c>docs/samples/crm-openapi.json</c> on a port of this machine. It does nothing for a key that it has seen or was asked about.</summary>
internal sealed class HelpdeskService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, JsonObject?> _byKey = new();
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();

    private HelpdeskService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What the next request for a call-back meets.</summary>
    public CallbackFault Fault { get; set; }

    /// <summary>Every request, in order of arrival: <c>GET /tickets/TK4821</c>.</summary>
    public ChannelReader<string> Requests => _requests.Reader;

    public ConcurrentQueue<string> Keys { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public IReadOnlyList<JsonObject> Callbacks => [.. _byKey.Values.OfType<JsonObject>()];

    public static async Task<HelpdeskService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var service = new HelpdeskService(app);
        app.Use(service.SeeAsync);
        app.MapGet("/openapi", DescribeAsync);
        app.MapGet("/tickets/{reference}", TicketAsync);
        app.MapGet("/callbacks", service.FindAsync);
        app.MapPost("/callbacks", service.CallBackAsync);
        await app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task SeeAsync(HttpContext context, RequestDelegate next)
    {
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        _requests.Writer.TryWrite($"{context.Request.Method} {context.Request.Path}");
        await next(context);
    }

    private static Task DescribeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/yaml";
        return context.Response.SendFileAsync(Path.Combine(AppContext.BaseDirectory, "samples", "crm-openapi.yaml"), context.RequestAborted);
    }

    private static Task TicketAsync(HttpContext context)
    {
        if ((string?)context.Request.RouteValues["reference"] == "TK4821") return WriteAsync(context, new JsonObject { ["reference"] = "TK4821", ["status"] = "with the engineer" });
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task FindAsync(HttpContext context) =>
        WriteAsync(context, _byKey.GetOrAdd(context.Request.Query["key"].ToString(), (JsonObject?)null) is { } kept ? new JsonArray(kept.DeepClone()) : []);

    private async Task CallBackAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        Keys.Enqueue(key);
        var (fault, asked) = (Fault, (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject());
        Fault = CallbackFault.None;
        if (fault is CallbackFault.Refused or CallbackFault.LostWithFailure)
        {
            context.Response.StatusCode = fault == CallbackFault.Refused ? StatusCodes.Status409Conflict : StatusCodes.Status502BadGateway;
            return;
        }

        asked["id"] = "cb-1";
        var kept = _byKey.GetOrAdd(key, asked);
        if (fault == CallbackFault.KeptAndSilent) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        if (kept is null) context.Response.StatusCode = StatusCodes.Status409Conflict;
        else await WriteAsync(context, kept);
    }

    private static async Task WriteAsync(HttpContext context, JsonNode json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
