using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Azure;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Host.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Host.Tests;

public sealed class StreamLinesTests : IAsyncLifetime, IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-streams-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Server? _server;
    private Task _serving = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Browser_Calls_HearsTheGreetingAsSound()
    {
        await StartAsync(("Lines:Browser:Enabled", "true"));
        using var page = new ClientWebSocket();
        page.Options.SetRequestHeader("Origin", _server!.Address.GetLeftPart(UriPartial.Authority));
        await page.ConnectAsync(new Uri($"ws://{_server.Address.Authority}/lines/browser"), CancellationToken.None);
        await page.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"hello","version":1,"sampleRate":16000,"ticket":"{{_server.Streams.Browser!.IssueTicket()}}"}"""), WebSocketMessageType.Text, true, CancellationToken.None);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var buffer = new byte[4_096];
        var loud = false;
        while (!loud)
        {
            var part = await page.ReceiveAsync(buffer.AsMemory(), limit.Token);
            loud = part.MessageType == WebSocketMessageType.Binary && buffer.AsSpan(8, part.Count - 8).ContainsAnyExcept((byte)0);
        }

        await page.SendAsync("""{"type":"hangup"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        while ((await page.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    [Fact]
    public async Task Twilio_Webhook_IsAnsweredOnlyWhenSigned()
    {
        await StartAsync(("Lines:Twilio:Enabled", "true"), ("Lines:Twilio:PublicUrl", "https://calls.example.org"), ("Lines:Twilio:AuthToken", Token));

        (await PostAsync("nothing")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Sign("https://calls.example.org/lines/twilioCallSidCA1"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Twilio_WithoutAToken_StopsTheStart()
    {
        var fault = await Should.ThrowAsync<SettingException>(() => StartAsync(("Lines:Twilio:Enabled", "true"), ("Lines:Twilio:PublicUrl", "https://calls.example.org")));

        fault.Message.ShouldStartWith("Lines: AuthToken");
    }

    [Fact]
    public async Task Acs_WithoutTheConnector_StopsTheStartAndNamesTheSwitch()
    {
        var fault = await Should.ThrowAsync<SettingException>(() => StartAsync(Acs("https://issuer.example.org/keys")));

        fault.Message.ShouldBe("Lines:Acs:Enabled needs the Azure connector, which this build lacks. Build with -p:ConnectorAzure=true (docs/connectors.md), or set it to false.");
    }

    [Fact]
    public async Task Acs_NotEnabled_HasNoAddress()
    {
        await StartAsync(("Lines:Acs:PublicUrl", "https://calls.example.org"), ("Lines:Acs:WebhookSecret", FakeAzure.Secret));
        using var azure = new FakeAzure { Line = _server!.Address };

        (await azure.PostEventsAsync(Array.Empty<object>())).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Acs_Calls_IsGreetedAndPutThroughToAPerson()
    {
        using var azure = new FakeAzure();
        await using var keys = await WebHost.StartAsync(routes => routes.MapGet("/keys", context => context.Response.Body.WriteAsync(azure.Issuer.Keys()).AsTask()));
        await StartAsync(new() { AcsCommands = (_, _) => azure }, Acs(new Uri(keys.Address, "/keys").ToString()));
        azure.Line = _server!.Address;
        (await azure.PostEventsAsync(Array.Empty<object>(), "another secret, as long")).ShouldBe(HttpStatusCode.Unauthorized);

        await using var call = await azure.RingAsync();
        while (!(await Within(call.NextAsync())).ShouldBeOfType<FarEvent.Sound>().Samples.Any(s => s > 500))
        {
        }

        await call.PressAsync('0');
        await Within(azure.Transferred);
        await call.TellAsync("CallTransferAccepted");
        await call.TellAsync("CallDisconnected");
        while (await Within(call.NextAsync()) is not FarEvent.Closed)
        {
        }

        azure.Transfers.ShouldBe(["4:+442079460002"]);
        azure.HangUps.ShouldBeEmpty();
        call.Answer!.Callback.Authority.ShouldBe("calls.example.org");
    }

    private static (string Key, string Value)[] Acs(string keysUrl) =>
    [
        ("Lines:Acs:Enabled", "true"), ("Lines:Acs:PublicUrl", "https://calls.example.org"), ("Lines:Acs:WebhookSecret", FakeAzure.Secret), ("Lines:Acs:TransferTo", "+442079460002"),
        ("Lines:Acs:Token:Issuer", Issuer.Name), ("Lines:Acs:Token:Audience", Issuer.Audience), ("Lines:Acs:Token:KeysUrl", keysUrl),
    ];

    private static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    private static async Task Within(Task task) => await task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    private Task StartAsync(params (string Key, string Value)[] lines) => StartAsync(new(), lines);

    private async Task StartAsync(Connectors connectors, params (string Key, string Value)[] lines)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Console:Port"] = "0",
            ["Lines:Sip:Enabled"] = "false",
            ["Storage:Folder"] = Path.Combine(_folder, "var"),
            ["Operator:DrainMax"] = "00:00:02",
            ["Telemetry:Level"] = "Warning",
        };
        foreach (var (key, value) in lines) settings[key] = value;
        _server = await Server.StartAsync(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), _stop.Token, connectors);
        _serving = _server.RunAsync(_stop.Token);
    }

    private async Task<HttpStatusCode> PostAsync(string signature)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("CallSid", "CA1")]);
        form.Headers.Add("X-Twilio-Signature", signature);
        using var answer = await http.PostAsync(new Uri(_server!.Address, "/lines/twilio"), form);
        return answer.StatusCode;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The vendor's protocol.")]
    private static string Sign(string text) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(text)));
}
