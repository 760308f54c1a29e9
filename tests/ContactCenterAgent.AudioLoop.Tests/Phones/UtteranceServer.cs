using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterAgent.AudioLoop.Tests.Phones;

/// <summary>Understands sound.</summary>
internal interface IListener
{
    /// <summary>What has been understood of an utterance that goes on.</summary>
    string Partial(TimeSpan spoken);

    /// <summary>What an utterance was.</summary>
    /// <param name="samples">16-bit linear, at the rate that the client named.</param>
    Task<string> FinalAsync(short[] samples);
}

/// <summary>A server in the form of vosk-server's WebSocket: each piece of sound is answered with a partial, or with the result once an utterance has ended in quiet.</summary>
internal sealed class UtteranceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UtteranceServer(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("http://", "ws://", StringComparison.Ordinal);

    /// <summary>Starts one on a free port of this machine.</summary>
    /// <param name="listener">Makes a connection's listener.</param>
    /// <param name="quiet">Quiet that ends an utterance.</param>
    public static async Task<UtteranceServer> StartAsync(Func<IListener> listener, TimeSpan quiet)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(context => ServeAsync(context, listener(), quiet));
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task ServeAsync(HttpContext context, IListener listener, TimeSpan quiet)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        using var config = JsonDocument.Parse((await ReceiveAsync(socket, buffer)).Bytes);
        var hearing = new Utterance((int)config.RootElement.GetProperty("config").GetProperty("sample_rate").GetDouble(), quiet);
        while (await ReceiveAsync(socket, buffer) is { Type: not WebSocketMessageType.Close } message)
        {
            var isLast = message.Type == WebSocketMessageType.Text;
            if (!isLast) hearing.Hear(MemoryMarshal.Cast<byte, short>(message.Bytes.Span));
            await SendAsync(socket, isLast || hearing.IsOver ? await ResultAsync(hearing, listener) : Partial(hearing, listener));
            if (isLast) return;
        }
    }

    private static string Partial(Utterance hearing, IListener listener) =>
        JsonSerializer.Serialize(new { partial = hearing.Spoken > TimeSpan.Zero ? listener.Partial(hearing.Spoken) : "" });

    private static async Task<string> ResultAsync(Utterance hearing, IListener listener)
    {
        var (samples, start, end) = hearing.Take();
        var text = samples.Length == 0 ? "" : await listener.FinalAsync(samples);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var length = words.Length == 0 ? TimeSpan.Zero : (end - start) / words.Length;
        return JsonSerializer.Serialize(new
        {
            result = words.Select((word, i) => new { conf = 1.0, start = (start + i * length).TotalSeconds, end = (start + (i + 1) * length).TotalSeconds, word }),
            text,
        });
    }

    private static async Task<(WebSocketMessageType Type, ReadOnlyMemory<byte> Bytes)> ReceiveAsync(WebSocket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            try
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close) return (part.MessageType, buffer.AsMemory(0, length));
            }
            catch (WebSocketException)
            {
                return (WebSocketMessageType.Close, default);
            }
        }
    }

    private static async Task SendAsync(WebSocket socket, string text)
    {
        if (socket.State == WebSocketState.Open) await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }
}
