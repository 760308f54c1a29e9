using System.Net.WebSockets;
using System.Text.Json;

namespace ContactCenterAgent.Conformance.WebSockets;

/// <summary>A client's WebSocket in whole messages. Its JSON is written by the framework's serialiser, not by the line's own writer.</summary>
internal sealed class WebCaller(ClientWebSocket socket) : IDisposable
{
    public static async Task<WebCaller> ConnectAsync(Uri address, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        var caller = new WebCaller(socket);
        try
        {
            await socket.ConnectAsync(address, CancellationToken.None);
            return caller;
        }
        catch (WebSocketException)
        {
            // Refused: the status tells why.
            return caller;
        }
    }

    /// <summary>The HTTP status of the upgrade: 101, or why not.</summary>
    public int Status => (int)socket.HttpStatusCode;

    /// <summary>What the line closed with.</summary>
    public string? Reason => socket.CloseStatusDescription;

    public Task SendAsync<T>(T message) => SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(message));

    public Task SendTextAsync(byte[] text) => socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task SendBinaryAsync(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <returns>The message; null = the line has closed its side, or is gone.</returns>
    public async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReadAsync()
    {
        var all = new List<byte>();
        var buffer = new byte[8_192];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    if (socket.State == WebSocketState.CloseReceived) await CloseAsync();
                    return null;
                }

                all.AddRange(buffer.AsSpan(0, part.Count));
                if (part.EndOfMessage) return (part.MessageType, [.. all]);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or InvalidOperationException or ObjectDisposedException)
        {
            return null;
        }
    }

    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Break() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
