using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Benchmarks.Streams;

/// <summary>The carrier's side of one stream: 50 frames a second up, and the time of every frame that comes down.</summary>
internal sealed class CarrierStream : IMediaTicked, IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MediaClock _pace;
    private readonly byte[] _media;
    private readonly Channel<byte[]> _out = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(50) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly long _origin = TimeProvider.System.GetTimestamp();
    private FrameLateness? _counting;
    private Task _running = Task.CompletedTask;

    private CarrierStream(string id, MediaClock pace)
    {
        _pace = pace;
        _media = Encoding.ASCII.GetBytes($$$"""{"event":"media","sequenceNumber":"2","streamSid":"MZ{{{id}}}","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"{{{Convert.ToBase64String(new byte[160])}}}" } }""");
    }

    public static async Task<CarrierStream> OpenAsync(Uri address, string token, string signedUrl, string id, MediaClock pace)
    {
        var stream = new CarrierStream(id, pace);
        stream._socket.Options.SetRequestHeader("X-Twilio-Signature", Sign(token, signedUrl));
        await stream._socket.ConnectAsync(address, CancellationToken.None);
        var start = $$$"""{"event":"start","streamSid":"MZ{{{id}}}","start":{"streamSid":"MZ{{{id}}}","callSid":"CA{{{id}}}","mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{} } }""";
        await stream._socket.SendAsync(Encoding.ASCII.GetBytes(start), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        stream._running = Task.WhenAll(stream.ReceiveAsync(), stream.SendAsync());
        pace.Add(stream);
        return stream;
    }

    /// <summary>Counts from now on.</summary>
    public void Count(FrameLateness frames) => Volatile.Write(ref _counting, frames);

    /// <summary>Counts no more.</summary>
    public FrameLateness Stop() => Interlocked.Exchange(ref _counting, null)!.Close();

    public void Tick(long frame) => _out.Writer.TryWrite(_media);

    public void Fail(Exception fault) => _out.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        _pace.Remove(this);
        _out.Writer.TryComplete();
        await _running;
        _socket.Dispose();
    }

    private async Task SendAsync()
    {
        await foreach (var message in _out.Reader.ReadAllAsync()) await _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1_024];
        while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
        {
            var message = buffer.AsSpan(0, part.Count);
            if (message.StartsWith("""{"event":"media"""u8)) Volatile.Read(ref _counting)?.Add(TimeProvider.System.GetElapsedTime(_origin));
            else if (message.StartsWith("""{"event":"mark"""u8)) _out.Writer.TryWrite(message.ToArray());
        }
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The vendor's protocol.")]
    private static string Sign(string token, string url) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(url)));
}
