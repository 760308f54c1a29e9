using System.Net.WebSockets;
using System.Text;
using ContactCenterAgent.Abstractions;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>A WebSocket to a server of speech: connects within a limit, sends from one place, gives whole text messages.</summary>
internal sealed class SpeechSocket : IAsyncDisposable
{
    /// <summary>Longer messages end the connection: no recogniser has that much to say at once.</summary>
    private const int MessageMax = 1 << 20;

    private static readonly TimeSpan CloseMax = TimeSpan.FromMilliseconds(200);

    private readonly ClientWebSocket _socket;
    private readonly TimeProvider _time;
    private byte[] _buffer = new byte[16 * 1024];

    private SpeechSocket(ClientWebSocket socket, TimeProvider time) => (_socket, _time) = (socket, time);

    /// <exception cref="RecogniserException">No connection within the limit.</exception>
    public static async Task<SpeechSocket> ConnectAsync(
        Uri address, IEnumerable<(string Name, string Value)> headers, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address, either.Token);
            return new(socket, time);
        }
        catch (Exception fault) when (fault is WebSocketException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            throw new RecogniserException($"No connection to {address.Host}:{address.Port}.", fault);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    public ValueTask SendTextAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>The next text message; null = the server has closed the connection.</summary>
    /// <exception cref="RecogniserException">The connection broke, or a message is too long.</exception>
    public async ValueTask<string?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                if (length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                length += part.Count;
                if (length > MessageMax) throw new RecogniserException("The server sent a message of more than 1 MB.");
                if (part.EndOfMessage) return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
        catch (WebSocketException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RecogniserException("The connection broke.", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(CloseMax, _time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is closed all the same.
        }

        _socket.Dispose();
    }
}
