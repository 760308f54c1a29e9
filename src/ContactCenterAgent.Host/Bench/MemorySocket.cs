using System.Net.WebSockets;
using System.Threading.Channels;

namespace ContactCenterAgent.Host.Bench;

/// <summary>One end of a WebSocket that is no network: messages arrive whole, at once, and on the thread of whoever waits for them, as virtual time needs it.</summary>
internal sealed class MemorySocket : WebSocket
{
    private const int WaitingMax = 1_024;

    private readonly Channel<byte[]> _in;
    private readonly Channel<byte[]> _out;
    private ReadOnlyMemory<byte> _rest;
    private WebSocketState _state = WebSocketState.Open;

    private MemorySocket(Channel<byte[]> incoming, Channel<byte[]> outgoing) => (_in, _out) = (incoming, outgoing);

    /// <summary>Both ends.</summary>
    public static (MemorySocket Line, MemorySocket Caller) Pair()
    {
        var (up, down) = (Channel.CreateBounded<byte[]>(WaitingMax), Channel.CreateBounded<byte[]>(WaitingMax));
        return (new(up, down), new(down, up));
    }

    public override WebSocketCloseStatus? CloseStatus => _state == WebSocketState.Open ? null : WebSocketCloseStatus.NormalClosure;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        await _out.Writer.WriteAsync([.. buffer], cancellationToken);

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var part = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new(part.Count, part.MessageType, part.EndOfMessage);
    }

    // The base class would go on wherever it likes.
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest.Length == 0)
        {
            if (!await _in.Reader.WaitToReadAsync(cancellationToken) || !_in.Reader.TryRead(out var message))
            {
                _state = WebSocketState.Closed;
                return new(0, WebSocketMessageType.Close, endOfMessage: true);
            }

            _rest = message;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return new(count, WebSocketMessageType.Text, _rest.Length == 0);
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        Abort();
        return Task.CompletedTask;
    }

    public override void Abort()
    {
        _state = WebSocketState.Closed;
        _out.Writer.TryComplete();
    }

    public override void Dispose() => Abort();
}
