using ContactCenterAgent.Conformance.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

/// <summary>Twilio's interface for calls, as far as a call is changed by it ("Call resource", Update).</summary>
internal sealed class TwilioApi : IAsyncDisposable
{
    private WebHost? _host;

    /// <summary>What was asked: method and path, authorization, form.</summary>
    public List<(string Path, string Authorization, Dictionary<string, string> Form)> Asked { get; } = [];

    /// <summary>What is answered.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public string Address => _host!.Address.GetLeftPart(UriPartial.Authority);

    public static async Task<TwilioApi> StartAsync()
    {
        var api = new TwilioApi();
        api._host = await WebHost.StartAsync(routes => routes.Map("/{**path}", api.AnswerAsync));
        return api;
    }

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 65_536;
        var form = await context.Request.ReadFormAsync();
        Asked.Add(($"{context.Request.Method} {context.Request.Path}", context.Request.Headers.Authorization!, form.ToDictionary(f => f.Key, f => f.Value.Single()!)));
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"sid":"CA7","status":"in-progress"}""");
    }
}
