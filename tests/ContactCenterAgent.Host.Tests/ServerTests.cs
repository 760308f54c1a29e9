using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests;

public sealed class ServerTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-server-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Server _server = null!;
    private Task _serving = null!;

    public async Task InitializeAsync()
    {
        _server = await Server.StartAsync(Configuration("0"), _stop.Token);
        _serving = _server.RunAsync(_stop.Token);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Page_IsServed_WithAPolicyThatAllowsNothingFromElsewhere()
    {
        using var client = new HttpClient();
        using var page = await client.GetAsync(_server.Address);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'sha256-");
        page.Headers.Server.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Call_FromAnotherOrigin_IsRefused(string? origin, HttpStatusCode expected)
    {
        using var socket = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(socket, "call", origin));
        socket.HttpStatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Watch_OfNoCall_IsNotFound()
    {
        using var socket = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(socket, $"watch/{Guid.NewGuid():n}", Origin));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Call_ThatIsHungUp_IsWatchedToItsEnd()
    {
        using var caller = new ClientWebSocket();
        await ConnectAsync(caller, "call", Origin);
        var call = (await UntilAsync(caller, "started")).GetProperty("call").GetString();
        using var watcher = new ClientWebSocket();
        await ConnectAsync(watcher, $"watch/{call}?width=100", Origin);
        await UntilAsync(caller, "open");

        await SendAsync(caller, """{"type":"hangup"}""");

        (await UntilAsync(watcher, "row", row => row.GetProperty("kind").GetString() == "ended")).GetProperty("text").GetString().ShouldBe("the call is over: completed");
        await EndedAsync(caller);
    }

    [Fact]
    public async Task Call_BySip_IsListedAndWatchedToItsEnd_LikeATypedOne()
    {
        using var list = new ClientWebSocket();
        await ConnectAsync(list, "watch", Origin);
        (await UntilAsync(list, "calls")).GetProperty("calls").GetArrayLength().ShouldBe(0);
        await using var phone = new KeyPhone(IPEndPoint.Parse(_server.PhonesSay.Split('@', ' ').First(part => part.StartsWith("127.0.0.1:", StringComparison.Ordinal))), PhoneCall.Number);
        await phone.DialAsync();

        var call = (await UntilAsync(list, "calls", m => m.GetProperty("calls").GetArrayLength() == 1)).GetProperty("calls")[0];
        call.GetProperty("line").GetString().ShouldBe("sip");
        call.ToString().ShouldNotContain(PhoneCall.Number);
        using var watcher = new ClientWebSocket();
        await ConnectAsync(watcher, $"watch/{call.GetProperty("call").GetString()}", Origin);
        (await UntilAsync(watcher, "staff", m => m.GetProperty("now").GetDouble() > 0)).GetProperty("systems").GetArrayLength().ShouldBeGreaterThan(0);
        await phone.HangUpAsync();

        (await UntilAsync(watcher, "row", row => row.GetProperty("kind").GetString() == "ended")).GetProperty("lane").GetString().ShouldBe("turn");
        (await UntilAsync(list, "calls")).GetProperty("calls").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Message_ThatIsTooLong_IsAnsweredWithAnError_AndTheCallGoesOn()
    {
        using var caller = new ClientWebSocket();
        await ConnectAsync(caller, "call", Origin);
        await UntilAsync(caller, "open");

        await SendAsync(caller, $$"""{"type":"word","text":"{{new string('a', 100_000)}}"}""");

        (await UntilAsync(caller, "error")).GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("bytes");
        await SendAsync(caller, """{"type":"hangup"}""");
        await EndedAsync(caller);
    }

    [Fact]
    public async Task Stop_WithACallThatIsUp_EndsItWithinTheLimit_AndTakesNoOther()
    {
        using var caller = new ClientWebSocket();
        await ConnectAsync(caller, "call", Origin);
        await UntilAsync(caller, "open");

        await _stop.CancelAsync();

        await EndedAsync(caller);
        await _serving.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsOneLineThatNamesItsKeys()
    {
        var fault = await Should.ThrowAsync<IOException>(() => Server.StartAsync(Configuration(_server.Address.Port.ToString(null as IFormatProvider)), _stop.Token));
        fault.Message.ShouldStartWith($"The console cannot listen on 127.0.0.1 port {_server.Address.Port} (Console:Listen, Console:Port): ");
    }

    private string Origin => _server.Address.GetLeftPart(UriPartial.Authority);

    private IConfiguration Configuration(string port) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Console:Port"] = port,
        ["Lines:Sip:Port"] = "0",
        ["Storage:Folder"] = Path.Combine(_folder, "var"),
        ["Operator:DrainMax"] = "00:00:01",
        ["Telemetry:Level"] = "Warning",
    }).Build();

    private async Task ConnectAsync(ClientWebSocket socket, string path, string? origin)
    {
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{_server.Address.Authority}/{path}"), CancellationToken.None);
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Reads until a message of a type comes.</summary>
    private static async Task<JsonElement> UntilAsync(ClientWebSocket socket, string type, Func<JsonElement, bool>? wanted = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            var message = await ReceiveAsync(socket, limit.Token);
            if (message.GetProperty("type").GetString() == type && wanted?.Invoke(message) != false) return message;
        }
    }

    /// <summary>Reads until the line says that the call is over, or is gone: what it said last may be lost with the connection.</summary>
    private static async Task EndedAsync(ClientWebSocket socket)
    {
        try
        {
            await UntilAsync(socket, "closed");
        }
        catch (WebSocketException)
        {
            socket.State.ShouldBe(WebSocketState.Aborted);
        }
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), cancellationToken);
            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
    }
}
