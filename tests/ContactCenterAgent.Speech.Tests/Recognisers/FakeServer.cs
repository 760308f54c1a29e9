using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>A server of a test on a loopback port of its own.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Http => new(_app.Urls.First());

    public Uri Socket => new(Http.AbsoluteUri.Replace("http://", "ws://", StringComparison.Ordinal));

    public static Task<FakeServer> HttpAsync(Func<HttpContext, Task> serve) => StartAsync(app => app.Run(context => serve(context)));

    /// <summary>Serves WebSockets; what throws in it breaks the connection.</summary>
    public static Task<FakeServer> SocketAsync(Func<HttpContext, WebSocket, Task> serve) => StartAsync(app =>
    {
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await serve(context, socket);
        });
    });

    /// <summary>The next message of a client; null = it has closed.</summary>
    public static async Task<(bool IsText, byte[] Bytes)?> ReceiveAsync(WebSocket socket)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType == WebSocketMessageType.Text, bytes.ToArray());
        }
    }

    public static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<FakeServer> StartAsync(Action<WebApplication> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        serve(app);
        await app.StartAsync();
        return new(app);
    }
}
