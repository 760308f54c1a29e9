using System.Net.WebSockets;
using ContactCenterAgent.Transports.Streams;

namespace ContactCenterAgent.Transports.WebSockets;

/// <summary>A WebSocket in whole messages, with an orderly end. One reads, one sends.</summary>
/// <param name="socket">Not owned: whoever accepted it disposes it.</param>
/// <param name="messageBytes">Bytes of a message at most.</param>
/// <param name="time">The clock of deadlines.</param>
internal sealed class PeerSocket(System.Net.WebSockets.WebSocket socket, int messageBytes, TimeProvider time)
{
    /// <summary>How long a peer may take to close its side.</summary>
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _readOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[2_048];
    private bool _reading;

    /// <summary>Reads a message, however many pieces it comes in.</summary>
    public async ValueTask<SocketMessage> ReadAsync(CancellationToken cancellationToken)
    {
        _reading = true;
        var length = 0;
        try
        {
            while (true)
            {
                if (length == _buffer.Length && !Grow()) return Over(SocketMessageKind.TooLong);
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close) return Over(SocketMessageKind.Closed);
                length += part.Count;
                if (!part.EndOfMessage) continue;
                _reading = false;
                return new(part.MessageType == WebSocketMessageType.Text ? SocketMessageKind.Text : SocketMessageKind.Binary, _buffer.AsMemory(0, length));
            }
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException)
        {
            return Over(SocketMessageKind.Broken);
        }
    }

    /// <summary>Sends a whole message.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken) =>
        socket.SendAsync(message, type, endOfMessage: true, cancellationToken);

    /// <summary>Closes our side; gives the peer a moment to close its own: to stop reading before that would break the connection.</summary>
    public async ValueTask CloseAsync(StreamEnd end)
    {
        using var limit = new CancellationTokenSource(CloseMax, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(Status(end), end.Reason, limit.Token);
            if (_reading) await _readOut.Task.WaitAsync(limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Nobody is there to be told.
            socket.Abort();
        }
    }

    /// <summary>The codes of RFC 6455 section 7.4.1.</summary>
    private static WebSocketCloseStatus Status(StreamEnd end) =>
        end.Reason.StartsWith("frame.", StringComparison.Ordinal) || end == StreamEnd.Flooded ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure;

    private SocketMessage Over(SocketMessageKind kind)
    {
        _readOut.TrySetResult();
        return new(kind, default);
    }

    private bool Grow()
    {
        if (_buffer.Length >= messageBytes) return false;
        Array.Resize(ref _buffer, Math.Min(messageBytes, 2 * _buffer.Length));
        return true;
    }
}
