using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

/// <summary>A page's side of the line: plays what comes at once, and says so.</summary>
internal sealed class Page(WebCaller socket) : IFarEnd
{
    private uint _number;

    public WebCaller Socket => socket;

    public bool TellsPlayed { get; init; } = true;

    public List<uint> Frames { get; } = [];

    public string? Call { get; private set; }

    /// <summary>How the page's browser is asked to recognise, as JSON.</summary>
    public string? Recogniser { get; private set; }

    public static Task<WebCaller> ConnectAsync(WebHost host, string? origin = null) => WebCaller.ConnectAsync(host.Socket("/lines/browser"), ("Origin", origin ?? host.Address.GetLeftPart(UriPartial.Authority)));

    public static async Task<Page> CallAsync(WebHost host, string? ticket, int sampleRate = 16_000, int version = 1, bool words = false)
    {
        var page = new Page(await ConnectAsync(host));
        await page.Socket.SendAsync(new { type = "hello", version, sampleRate, words, ticket });
        return page;
    }

    public async Task SpeakAsync(ReadOnlyMemory<short> samples)
    {
        for (var at = 0; at < samples.Length; at += 320) await socket.SendBinaryAsync(Frame(++_number, samples.Span.Slice(at, 320)));
    }

    public static byte[] Frame(uint number, ReadOnlySpan<short> samples)
    {
        var frame = new byte[8 + (2 * samples.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, number);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), 20 * number);
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(frame.AsSpan(8 + (2 * i)), samples[i]);
        return frame;
    }

    public Task PressAsync(char key) => socket.SendAsync(new { type = "digit", digit = $"{key}" });

    public Task PlayedAsync(uint frame) => socket.SendAsync(new { type = "played", frame });

    public Task SayAsync(bool final, params string[] readings) => socket.SendAsync(new { type = "words", final, readings = readings.Select(text => new { text }) });

    public Task UnableAsync(string reason) => socket.SendAsync(new { type = "unable", reason });

    public Task SpoilAsync() => socket.SendBinaryAsync(new byte[100]);

    public async Task HangUpAsync()
    {
        await socket.SendAsync(new { type = "hangup" });
        await socket.CloseAsync();
    }

    public void Break() => socket.Break();

    public async Task<FarEvent> NextAsync()
    {
        while (await socket.ReadAsync() is var (type, bytes))
        {
            if (type == WebSocketMessageType.Binary)
            {
                bytes.Length.ShouldBe(648);
                var number = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                Frames.Add(number);
                if (TellsPlayed) await PlayedAsync(number);
                return new FarEvent.Sound([.. bytes[8..].Chunk(2).Select(b => BinaryPrimitives.ReadInt16LittleEndian(b))]);
            }

            using var json = JsonDocument.Parse(bytes);
            switch (json.RootElement.GetProperty("type").GetString())
            {
                case "ready":
                    Call = json.RootElement.GetProperty("call").GetString();
                    Recogniser = json.RootElement.GetProperty("recogniser").GetRawText();
                    break;
                case "clear":
                    return new FarEvent.Cleared();
            }
        }

        return new FarEvent.Closed();
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
