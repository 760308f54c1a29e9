using System.Text.Json;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

/// <summary>Twilio's side of a media stream, from its documentation: what it plays is played at once, and marks come back for it.</summary>
internal sealed class Carrier(WebCaller socket, string stream, string call) : IFarEnd
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    public const string Public = "https://calls.example.org";

    private int _sequence = 1;

    public WebCaller Socket => socket;

    public string Stream => stream;

    public bool ReturnsMarks { get; init; } = true;

    public List<string> Marks { get; } = [];

    public static TwilioOptions Options => new() { PublicUrl = Public, AuthToken = Token, Tickets = false };

    public static async Task<WebCaller> ConnectAsync(WebHost host, string? signature = null) =>
        await WebCaller.ConnectAsync(host.Socket("/lines/twilio/stream"), ("X-Twilio-Signature", signature ?? TwilioSignature.Of(Token, "wss://calls.example.org/lines/twilio/stream", [])));

    public static async Task<Carrier> CallAsync(WebHost host, string? ticket = null, string call = "CA01", string encoding = "audio/x-mulaw", int rate = 8_000)
    {
        var carrier = new Carrier(await ConnectAsync(host), "MZ" + Guid.NewGuid().ToString("n"), call);
        await carrier.Socket.SendAsync(new { @event = "connected", protocol = "Call", version = "1.0.0" });
        await carrier.StartAsync(ticket, encoding, rate);
        return carrier;
    }

    /// <summary>The webhook's request for a call that comes in.</summary>
    public static async Task<HttpResponseMessage> PostAsync(WebHost host, Dictionary<string, string> form, string signature, string path = "/lines/twilio")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, path)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature);
        return await http.SendAsync(request);
    }

    public Task StartAsync(string? ticket, string encoding = "audio/x-mulaw", int rate = 8_000) => socket.SendAsync(new
    {
        @event = "start",
        sequenceNumber = "1",
        streamSid = stream,
        start = new
        {
            streamSid = stream,
            accountSid = "AC01",
            callSid = call,
            tracks = new[] { "inbound" },
            mediaFormat = new { encoding, sampleRate = rate, channels = 1 },
            customParameters = ticket is null ? [] : new Dictionary<string, string> { ["ticket"] = ticket },
        },
    });

    public async Task SpeakAsync(ReadOnlyMemory<short> samples)
    {
        for (var at = 0; at < samples.Length; at += 160)
        {
            var law = new byte[160];
            G711.Encode(G711Law.Mu, samples.Span.Slice(at, 160), law);
            await MediaAsync(Convert.ToBase64String(law));
        }
    }

    public Task MediaAsync(string payload) => socket.SendAsync(new
    {
        @event = "media",
        sequenceNumber = $"{++_sequence}",
        streamSid = stream,
        media = new { track = "inbound", chunk = $"{_sequence}", timestamp = $"{20 * _sequence}", payload },
    });

    public Task PressAsync(char key) => socket.SendAsync(new { @event = "dtmf", streamSid = stream, sequenceNumber = $"{++_sequence}", dtmf = new { track = "inbound_track", digit = $"{key}" } });

    public Task MarkAsync(string name) => socket.SendAsync(new { @event = "mark", sequenceNumber = $"{++_sequence}", streamSid = stream, mark = new { name } });

    public Task SpoilAsync() => MediaAsync("not base 64!");

    public async Task HangUpAsync()
    {
        await socket.SendAsync(new { @event = "stop", sequenceNumber = $"{++_sequence}", streamSid = stream, stop = new { accountSid = "AC01", callSid = call } });
        await socket.CloseAsync();
    }

    public void Break() => socket.Break();

    public async Task<FarEvent> NextAsync()
    {
        while (await socket.ReadAsync() is var (_, bytes))
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            root.GetProperty("streamSid").GetString().ShouldBe(stream);
            switch (root.GetProperty("event").GetString())
            {
                case "media":
                    var law = Convert.FromBase64String(root.GetProperty("media").GetProperty("payload").GetString()!);
                    var samples = new short[law.Length];
                    G711.Decode(G711Law.Mu, law, samples);
                    return new FarEvent.Sound(samples);
                case "clear":
                    return new FarEvent.Cleared();
                case "mark":
                    var name = root.GetProperty("mark").GetProperty("name").GetString()!;
                    Marks.Add(name);
                    if (ReturnsMarks) await MarkAsync(name);
                    break;
                default:
                    throw new InvalidOperationException("Twilio knows media, mark and clear.");
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
