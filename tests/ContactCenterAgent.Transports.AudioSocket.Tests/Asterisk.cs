using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ContactCenterAgent.Conformance;

namespace ContactCenterAgent.Transports.AudioSocket.Tests;

/// <summary>Asterisk's side of AudioSocket, from its documentation: type, length in network order, payload.</summary>
internal sealed class Asterisk : IFarEnd
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private Asterisk(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    public static async Task<Asterisk> ConnectAsync(IPEndPoint line)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(line);
        return new(tcp);
    }

    public static async Task<Asterisk> CallAsync(IPEndPoint line, Guid id)
    {
        var asterisk = await ConnectAsync(line);
        await asterisk.SendAsync(0x01, id.ToByteArray(bigEndian: true));
        return asterisk;
    }

    public async Task SendAsync(byte kind, byte[] payload) => await SendRawAsync([kind, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload]);

    public async Task SendRawAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public async Task SpeakAsync(ReadOnlyMemory<short> samples)
    {
        for (var at = 0; at < samples.Length; at += 160) await SendAsync(0x10, MemoryMarshal.AsBytes(samples.Span.Slice(at, 160)).ToArray());
    }

    public Task PressAsync(char key) => SendAsync(0x03, [(byte)key]);

    public Task SpoilAsync() => SendRawAsync([0x10, 0xff, 0xff, 0x00]);

    public Task HangUpAsync() => SendAsync(0x00, []);

    public void Break()
    {
        _tcp.Client.Close(timeout: 0);
    }

    public async Task<FarEvent> NextAsync()
    {
        var header = new byte[3];
        try
        {
            await _stream.ReadExactlyAsync(header);
            var payload = new byte[(header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload);
            if (header[0] == 0x00) return new FarEvent.Closed();
            header[0].ShouldBe((byte)0x10);
            payload.Length.ShouldBe(320);
            return new FarEvent.Sound(MemoryMarshal.Cast<byte, short>(payload).ToArray());
        }
        catch (Exception closed) when (closed is IOException)
        {
            return new FarEvent.Closed();
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
