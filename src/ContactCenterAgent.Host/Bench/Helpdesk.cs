using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation;

namespace ContactCenterAgent.Host.Bench;

/// <summary>The business of <c>docs/samples/crm-openapi.json</c>: what its tools answer, and how long each takes by its arguments alone, so that it is the same on every clock.</summary>
internal sealed class Helpdesk(long seed, TimeProvider time)
{
    private static readonly string[] Statuses = ["with the engineer", "waiting for a part", "ready to be fetched", "on its way to you"];

    private readonly ConcurrentDictionary<string, JsonObject> _byKey = new(StringComparer.Ordinal);

    /// <summary>Where a repair stands.</summary>
    public async Task<JsonObject> TicketAsync(string reference, CancellationToken cancellationToken)
    {
        await TakeAsync("get_ticket", [new("reference", reference)], cancellationToken);
        return new() { ["reference"] = reference, ["status"] = Statuses[(reference[^1] - '0') % Statuses.Length] };
    }

    /// <summary>Keeps a call-back, once a key.</summary>
    public async Task<JsonObject> CallBackAsync(string key, string day, string part, CancellationToken cancellationToken)
    {
        await TakeAsync("request_callback", [new("day", day), new("part", part)], cancellationToken);
        return _byKey.GetOrAdd(key, _ => new() { ["id"] = "cb-1", ["day"] = day, ["part"] = part });
    }

    /// <summary>The call-back of a key.</summary>
    public JsonArray Find(string key) => _byKey.TryGetValue(key, out var kept) ? [kept.DeepClone()] : [];

    // A draw of its own for every call: how often the same was asked before, by somebody else, must not matter.
    private Task TakeAsync(string tool, KeyValuePair<string, object?>[] arguments, CancellationToken cancellationToken) =>
        Task.Delay(new BackEndLatency(seed).OfCall(tool, arguments), time, cancellationToken);
}

/// <summary>The helpdesk as a REST service on a port of this machine.</summary>
internal sealed class HelpdeskServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HelpdeskServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<HelpdeskServer> StartAsync(Helpdesk business, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/tickets/{reference}", async context => await WriteAsync(context, await business.TicketAsync((string)context.Request.RouteValues["reference"]!, context.RequestAborted)));
        app.MapGet("/callbacks", context => WriteAsync(context, business.Find(context.Request.Query["key"].ToString())));
        app.MapPost("/callbacks", async context =>
        {
            var asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
            await WriteAsync(context, await business.CallBackAsync(context.Request.Headers["Idempotency-Key"].ToString(), asked["day"]!.ToString(), asked["part"]!.ToString(), context.RequestAborted));
        });
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static Task WriteAsync(HttpContext context, JsonNode json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
