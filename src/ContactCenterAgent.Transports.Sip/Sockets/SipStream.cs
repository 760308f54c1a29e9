using System.Threading.Channels;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>One open stream: messages out in order, messages in cut by their length.</summary>
internal sealed class SipStream(SipPeer peer)
{
    private const int WaitingMax = 256;
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly Channel<ReadOnlyMemory<byte>> _out = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    internal SipPeer Peer => peer;

    /// <summary>Queues a message; false = the stream is closed, or its peer does not read.</summary>
    internal bool Send(ReadOnlyMemory<byte> bytes) => _out.Writer.TryWrite(bytes);

    internal void Close() => _out.Writer.TryComplete();

    internal async Task RunAsync(Stream stream, Action<byte[]> heard, TimeSpan idleMax, TimeProvider time, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var writing = WriteAsync(stream, over);
        try
        {
            await ReadAsync(stream, heard, idleMax, time, over);
        }
        finally
        {
            _out.Writer.TryComplete();
            await over.CancelAsync();
            await writing;
        }
    }

    private async Task ReadAsync(Stream stream, Action<byte[]> heard, TimeSpan idleMax, TimeProvider time, CancellationTokenSource over)
    {
        var framer = new SipFramer();
        var buffer = new byte[8_192];
        await using var idle = time.CreateTimer(_ => over.Cancel(), null, idleMax, Timeout.InfiniteTimeSpan);
        while (await stream.ReadAsync(buffer, over.Token) is > 0 and var length)
        {
            idle.Change(idleMax, Timeout.InfiniteTimeSpan);
            framer.Add(buffer.AsSpan(0, length));
            while (true)
            {
                var kind = framer.Next(out var message);
                if (kind == SipFrameKind.None) break;
                if (kind == SipFrameKind.Broken) return;
                if (kind == SipFrameKind.Ping) Send(Pong);
                else heard(message.ToArray());
            }
        }
    }

    private async Task WriteAsync(Stream stream, CancellationTokenSource over)
    {
        try
        {
            await foreach (var bytes in _out.Reader.ReadAllAsync(over.Token)) await stream.WriteAsync(bytes, over.Token);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reading side finds out as well, and ends the stream.
        }
        finally
        {
            _out.Writer.TryComplete();
            await over.CancelAsync();
        }
    }
}
