using System.IO.Pipelines;
using System.Net.WebSockets;

namespace ContactCenterAgent.Simulation.Tests;

/// <summary>Two real WebSockets, joined in memory.</summary>
internal static class Sockets
{
    public static (WebSocket Server, WebSocket Client) Pair()
    {
        Pipe up = new(), down = new();
        return (
            WebSocket.CreateFromStream(new Duplex(up.Reader.AsStream(), down.Writer.AsStream()), new WebSocketCreationOptions { IsServer = true }),
            WebSocket.CreateFromStream(new Duplex(down.Reader.AsStream(), up.Writer.AsStream()), new WebSocketCreationOptions { IsServer = false }));
    }

    private sealed class Duplex(Stream reading, Stream writing) : Stream
    {
        public override bool CanRead => true;
        public override bool CanWrite => true;
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => writing.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => writing.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => reading.Read(buffer, offset, count);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reading.ReadAsync(buffer, cancellationToken);
        public override void Write(byte[] buffer, int offset, int count) => writing.Write(buffer, offset, count);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writing.WriteAsync(buffer, cancellationToken);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            reading.Dispose();
            writing.Dispose();
            base.Dispose(disposing);
        }
    }
}
