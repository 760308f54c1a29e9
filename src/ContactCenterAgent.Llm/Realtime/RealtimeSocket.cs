using System.ClientModel.Primitives;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Llm.Clients;

namespace ContactCenterAgent.Llm.Realtime;

/// <summary>The WebSocket of a session: whole JSON messages both ways, one sender at a time.</summary>
internal sealed class RealtimeSocket : IDisposable
{
    private const int MessageMax = 1 << 20;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[16_384];

    private RealtimeSocket()
    {
    }

    internal bool IsOpen => _socket.State == WebSocketState.Open;

    /// <exception cref="ModelUnavailableException">The server is not there, or refuses us.</exception>
    internal static async Task<RealtimeSocket> ConnectAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        var opened = new RealtimeSocket();
        try
        {
            await opened.AuthenticateAsync(endpoint, cancellationToken);
            await opened._socket.ConnectAsync(Address(endpoint), cancellationToken);
            return opened;
        }
        catch (WebSocketException refused)
        {
            var status = (int)opened._socket.HttpStatusCode;
            opened.Dispose();
            throw new ModelUnavailableException(status switch { 401 or 403 => "model.refused_key", 429 => "model.limited", 0 => "model.unreachable", _ => "model.failed" }, inner: refused);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <exception cref="ModelUnavailableException">The session is lost.</exception>
    internal async Task SendAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled half-way: that would end the session for everybody.
            await _socket.SendAsync(Encoding.UTF8.GetBytes(happened.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception lost) when (lost is WebSocketException or InvalidOperationException or IOException)
        {
            throw new ModelUnavailableException("model.cut", inner: lost);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <returns>The next message; null = the other side has said goodbye.</returns>
    internal async Task<JsonDocument?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonDocument.Parse(_buffer.AsSpan(0, length).ToArray());
            if (length == _buffer.Length) Array.Resize(ref _buffer, length < MessageMax ? length * 2 : throw new WebSocketException(WebSocketError.HeaderError));
        }
    }

    internal async Task CloseAsync(TimeSpan within)
    {
        if (!IsOpen) return;
        using var limit = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            _socket.Abort();
        }
    }

    internal void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async ValueTask AuthenticateAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Tokens is { } tokens)
        {
            var wanted = tokens.CreateTokenOptions(new Dictionary<string, object> { [GetTokenOptions.ScopesPropertyName] = new[] { endpoint.TokenScope } });
            var token = await tokens.GetTokenAsync(wanted!, cancellationToken);
            _socket.Options.SetRequestHeader("Authorization", $"Bearer {token.TokenValue}");
        }
        else if (endpoint.Key is { } key)
        {
            _socket.Options.SetRequestHeader(endpoint.Server == ModelServer.Azure ? "api-key" : "Authorization", endpoint.Server == ModelServer.Azure ? key : $"Bearer {key}");
        }
    }

    private static Uri Address(ModelEndpoint endpoint)
    {
        var address = new UriBuilder(endpoint.Address) { Query = $"model={Uri.EscapeDataString(endpoint.Model)}" };
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        address.Path = address.Path.TrimEnd('/') + "/realtime";
        return address.Uri;
    }
}
