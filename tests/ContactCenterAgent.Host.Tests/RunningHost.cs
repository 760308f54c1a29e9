using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests;

/// <summary>The host as it serves, on a store and on ports of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-host-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;
    private Server? _server;

    public Server Server => _server!;

    /// <summary>Starts it.</summary>
    /// <param name="settings">A settings file over the defaults; null = none.</param>
    /// <param name="more">Settings over both.</param>
    public static async Task<RunningHost> StartAsync(string? settings, params (string Key, string Value)[] more)
    {
        var host = new RunningHost();
        try
        {
            host._server = await Server.StartAsync(host.Configuration(settings, more), host._stop.Token);
            host._serving = host._server.RunAsync(host._stop.Token);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A caller on the typed line, greeted.</summary>
    public async Task<TypingCaller> CallAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{Server.Address.Authority}/call"), CancellationToken.None);
        var caller = new TypingCaller(socket);
        await caller.HearsAsync(PromptKind.Greeting);
        return caller;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_server is not null) await _server.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IConfigurationRoot Configuration(string? settings, (string Key, string Value)[] more)
    {
        var builder = new ConfigurationBuilder();
        if (settings is not null) builder.AddJsonFile(settings);
        return builder.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Console:Port"] = "0",
            ["Lines:Sip:Enabled"] = "false",
            ["Lines:Greeting"] = "Hello.",
            ["Storage:Folder"] = Path.Combine(_folder, "var"),
            ["Operator:DrainMax"] = "00:00:01",
            ["Telemetry:Level"] = "Warning",
        }).AddInMemoryCollection(more.ToDictionary(m => m.Key, string? (m) => m.Value, StringComparer.Ordinal)).Build();
    }
}

/// <summary>Types as a caller of the console does, and reads what the agent says.</summary>
internal sealed class TypingCaller(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);
    private readonly byte[] _buffer = new byte[16_384];

    /// <summary>Types words; the utterance stays open.</summary>
    public async Task TypesAsync(string words)
    {
        foreach (var word in words.Split(' ')) await SendAsync(JsonSerializer.Serialize(new { type = "word", text = word }));
    }

    /// <summary>Ends the utterance.</summary>
    public Task EndsAsync() => SendAsync("""{"type":"final"}""");

    /// <summary>Types a whole utterance.</summary>
    public async Task SaysAsync(string words)
    {
        await TypesAsync(words);
        await EndsAsync();
    }

    /// <summary>Waits for the next sentence of a kind that is heard to its end, and gives it. Sentences of other kinds are passed over.</summary>
    public async Task<string> HearsAsync(PromptKind kind)
    {
        using var limit = new CancellationTokenSource(PatienceMax, TimeProvider.System);
        var heard = new List<string>();
        while (true)
        {
            JsonElement message;
            try
            {
                message = await ReceiveAsync(limit.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"No {kind} was said. Heard: {string.Join(" | ", heard)}", late);
            }

            if (message.GetProperty("type").GetString() != "say") continue;
            var (said, text) = (message.GetProperty("kind").GetString()!, message.GetProperty("text").GetString()!);
            heard.Add($"{said}: {text}");
            if (said != kind.ToString()) continue;
            await SaidAsync(message.GetProperty("prompt").GetInt32(), limit.Token);
            return text;
        }
    }

    public async Task HangsUpAsync()
    {
        await SendAsync("""{"type":"hangup"}""");
        using var limit = new CancellationTokenSource(PatienceMax, TimeProvider.System);
        try
        {
            while ((await ReceiveAsync(limit.Token)).GetProperty("type").GetString() != "closed")
            {
            }
        }
        catch (WebSocketException)
        {
            // What it said last may be lost with the connection.
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task SaidAsync(int prompt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken);
            if (message.GetProperty("type").GetString() == "said" && message.GetProperty("prompt").GetInt32() == prompt) return;
        }
    }

    private Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(new ArraySegment<byte>(_buffer), cancellationToken);
            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            message.Write(_buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
    }
}
