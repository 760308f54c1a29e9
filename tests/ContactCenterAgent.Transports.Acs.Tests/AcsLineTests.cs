using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Azure;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;

namespace ContactCenterAgent.Transports.Acs.Tests;

#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class AcsLineTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly FakeAzure _azure = new();
    private readonly List<IAsyncDisposable> _open = [];
    private AcsLine? _line;
    private WebHost? _host;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        if (_line is not null) await _line.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        _azure.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task Webhook_HandshakeOfEventGrid_IsAnsweredWithItsCode()
    {
        await OpenAsync();

        var handshake = new[] { new { id = "1", eventType = "Microsoft.EventGrid.SubscriptionValidationEvent", data = new { validationCode = "512d38b6", validationUrl = "https://example.org" } } };
        using var answer = await _azure.PostAsync("/lines/acs/events?code=" + Uri.EscapeDataString(FakeAzure.Secret), handshake, token: null);

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("validationResponse").GetString().ShouldBe("512d38b6");
    }

    [Fact]
    public async Task Webhook_HandshakeOfCloudEvents_IsAnsweredWithTheOrigin()
    {
        await OpenAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(_azure.Line!, "/lines/acs/events?code=" + Uri.EscapeDataString(FakeAzure.Secret)));
        request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");

        using var answer = await http.SendAsync(request);

        answer.Headers.GetValues("WebHook-Allowed-Origin").ShouldBe(["eventgrid.azure.net"]);
    }

    [Fact]
    public async Task Webhook_WithoutItsSecret_IsRefusedWith401AndLogged()
    {
        await OpenAsync();

        (await _azure.PostEventsAsync(Array.Empty<object>(), "another secret, as long")).ShouldBe(HttpStatusCode.Unauthorized);

        _log.All.ShouldBe(["acs.refused azure: secret"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("""[{"id":"1"}]""")]
    public async Task Webhook_Unreadable_IsRefusedWith400(string body)
    {
        await OpenAsync();
        using var http = new HttpClient();

        using var answer = await http.PostAsync(new Uri(_azure.Line!, "/lines/acs/events?code=" + Uri.EscapeDataString(FakeAzure.Secret)), new StringContent(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task IncomingCall_ToldTwiceAndReplayed_RingsOnce()
    {
        await OpenAsync();
        var call = await _azure.RingAsync(correlation: "one");
        var again = JsonSerializer.SerializeToElement(call.Incoming);
        await _azure.PostEventsAsync(new[] { again, again });
        await _azure.PostEventsAsync(new[] { again });

        _line!.Up.ShouldBe(1);
        (await FirstAsync()).CallerNumber.ShouldBe(Pii.Of("+442079460000"));
    }

    [Fact]
    public async Task Callback_WithoutAGoodToken_IsRefusedWith401AndLogged()
    {
        await OpenAsync();
        var issuer = _azure.Issuer;
        var (good, tokens) = (issuer.Token(), new (string? Token, string Why)[]
        {
            (null, "token"),
            ("x.y.z", "token"),
            (issuer.Token(algorithm: "none"), "token"),
            (issuer.Token(algorithm: "HS256"), "token"),
            (issuer.Token(issuer: "https://elsewhere.example.org"), "issuer"),
            (issuer.Token(audience: Guid.NewGuid().ToString()), "audience"),
            (issuer.Token(expires: TimeSpan.FromMinutes(-6)), "expired"),
            (issuer.Token(key: "k2"), "key"),
            (issuer.Token()[..^8] + "AAAAAAAA", "signature"),
        });

        foreach (var (token, why) in tokens)
        {
            (await _azure.PostAsync("/lines/acs/calls/0/events", Array.Empty<object>(), token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, why);
            _log.All.Last().ShouldBe("acs.refused azure: " + why);
        }

        (await _azure.PostAsync("/lines/acs/calls/0/events", Array.Empty<object>(), good)).StatusCode.ShouldBe(HttpStatusCode.OK);
        issuer.Fetched.ShouldBe(1, "unknown keys cause no more fetches than one a minute");
    }

    [Fact]
    public async Task Media_WithoutAGoodTokenOrCall_IsRefused()
    {
        await OpenAsync();
        var (_, call) = await CallAsync();

        using var unsigned = await call.OpenMediaAsync("x.y.z");
        using var elsewhere = await WebCaller.ConnectAsync(_host!.Socket("/lines/acs/calls/0/media"), ("Authorization", "Bearer " + _azure.Issuer.Token()));

        unsigned.Status.ShouldBe(401);
        elsewhere.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Media_LostAndOpenedAgain_GoesOn()
    {
        await OpenAsync();
        var (agent, call) = await CallAsync();
        call.Break();

        using var again = await call.OpenMediaAsync();
        await again.SendAsync(new { kind = "DtmfData", dtmfData = new { data = "9" } });

        (await agent.NextAsync()).ShouldBeOfType<DigitPressed>().Digit.Value.ShouldBe('9');
        agent.Running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Media_At24000_IsResampledBothWays()
    {
        var options = FakeAzure.Options;
        options.SampleRate = 24_000;
        await OpenAsync(options);
        var (agent, call) = await CallAsync(24_000);

        await call.SpeakAsync(Enumerable.Repeat((short)8_000, 24_000 / 2).ToArray());
        agent.Say(Enumerable.Repeat((short)8_000, 16_000 / 2).ToArray());

        var heard = await agent.HearAsync(7_000);
        heard[6_000].ShouldBeInRange((short)7_900, (short)8_100);
        var far = new List<short>();
        while (far.Count < 10_000) far.AddRange((await AgentEnd.Within(call.NextAsync())).ShouldBeOfType<FarEvent.Sound>().Samples);
        far[9_000].ShouldBeInRange((short)7_900, (short)8_100);
        call.Answer!.SampleRate.ShouldBe(24_000);
    }

    [Theory]
    [InlineData("Opus", 16_000, "frame.encoding")]
    [InlineData("PCM", 24_000, "frame.rate")]
    public async Task Media_InAnotherFormat_EndsTheCallByName(string encoding, int rate, string reason)
    {
        await OpenAsync();
        var (agent, call) = await CallAsync();

        await call.SendAsync(new { kind = "AudioMetadata", audioMetadata = new { encoding, sampleRate = rate, channels = 1, length = 640 } });

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        _log.All.ShouldContain("acs.ended azure: " + reason);
    }

    [Fact]
    public async Task Transcription_GivesPartialsAndFinals()
    {
        var options = FakeAzure.Options;
        options.TranscriptionLocale = "en-GB";
        options.Intelligence = "https://words.example.org";
        await OpenAsync(options);
        var (agent, call) = await CallAsync();
        var words = _line!.TranscriptionOf(agent.Leg)!.RecogniseAsync(AsyncEnumerable.Empty<ReadOnlyMemory<short>>(), CancellationToken.None).GetAsyncEnumerator();

        await call.SendAsync(new { kind = "TranscriptionMetadata", transcriptionMetadata = new { locale = "en-GB" } });
        await call.SendAsync(new { kind = "TranscriptionData", transcriptionData = new { text = "book it", offset = 10_000_000, duration = 4_000_000, resultStatus = "Intermediate" } });
        await call.SendAsync(new { kind = "TranscriptionData", transcriptionData = new { text = "Book it.", resultStatus = "Final", words = new[] { new { text = "book", offset = 10_000_000, duration = 3_000_000 }, new { text = "it", offset = 14_000_000, duration = 1_000_000 } } } });
        await call.HangUpAsync();

        (await words.MoveNextAsync()).ShouldBeTrue();
        words.Current.ShouldBeOfType<PartialHeard>().Words.Text.ShouldBe("book it");
        (await words.MoveNextAsync()).ShouldBeTrue();
        var final = words.Current.ShouldBeOfType<FinalHeard>().Words.Words;
        final.Select(w => (w.Text, w.Start.TotalSeconds, w.End.TotalSeconds, w.Stable)).ShouldBe([("book", 1.0, 1.3, true), ("it", 1.4, 1.5, true)]);
        (await words.MoveNextAsync()).ShouldBeFalse("the call is over");
        call.Answer!.Locale.ShouldBe("en-GB");
        call.Answer.Transcription.ShouldBe(call.Answer.Media);
        call.Answer.Intelligence.ShouldBe(new("https://words.example.org"));
    }

    [Theory]
    [InlineData("CallTransferAccepted", 200, TransferOutcome.Answered)]
    [InlineData("CallTransferFailed", 486, TransferOutcome.Declined)]
    [InlineData("CallTransferFailed", 480, TransferOutcome.NoAnswer)]
    [InlineData("CallTransferFailed", 500, TransferOutcome.Failed)]
    public async Task Transfer_ItsCallback_TellsTheOutcomeOnce(string type, int code, TransferOutcome outcome)
    {
        var options = FakeAzure.Options;
        options.TransferTo = "+442079460002";
        await OpenAsync(options);
        var (agent, call) = await CallAsync();

        await agent.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);
        await call.TellAsync(type, code);
        await call.TellAsync(type, code);
        await call.PressAsync('1');

        (await agent.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(outcome);
        (await agent.NextAsync()).ShouldBeOfType<DigitPressed>();
        _azure.Transfers.ShouldBe(["4:+442079460002"]);
    }

    [Fact]
    public async Task Transfer_Accepted_TheCallIsNotEndedForEveryone()
    {
        var options = FakeAzure.Options;
        options.TransferTo = "+442079460002";
        await OpenAsync(options);
        var (agent, call) = await CallAsync();
        await agent.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);
        await call.TellAsync("CallTransferAccepted");
        (await agent.NextAsync()).ShouldBeOfType<TransferEnded>();

        await agent.Leg.HangUpAsync(CancellationToken.None);

        (await agent.EndAsync()).End.Lost.ShouldBeFalse();
        await _log.ShouldComeAsync("acs.ended azure: agent.hung_up");
        _azure.HangUps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_Refused_EndsTheCall()
    {
        await OpenAsync();
        _azure.RefusesAnswers = true;
        await _azure.RingAsync();
        var agent = new AgentEnd(await FirstAsync());
        _open.Add(agent);

        await agent.Leg.AnswerAsync(CancellationToken.None);

        (await agent.EndAsync()).End.Lost.ShouldBeTrue();
        await _log.ShouldComeAsync("acs.ended azure: acs.answer_failed");
        await _log.ShouldComeAsync("acs.command azure: answer failed with HttpRequestException");
    }

    [Theory]
    [InlineData("Secret")]
    [InlineData("Audience")]
    [InlineData("Http")]
    [InlineData("Intelligence")]
    public void Options_ThatLackSomething_StopTheStart(string what)
    {
        var options = FakeAzure.Options;
        if (what == "Secret") options.WebhookSecret = "";
        if (what == "Audience") options.Token.Audience = "";
        if (what == "Http") options.PublicUrl = "http://calls.example.org";
        if (what == "Intelligence") options.TranscriptionLocale = "en-GB";

        Should.Throw<ValidationException>(() => new AcsLine("azure", options, _azure, _azure.Keys, _clock, TimeProvider.System, _log));
    }

    private async Task OpenAsync(AcsOptions? options = null)
    {
        _line = new("azure", options ?? FakeAzure.Options, _azure, _azure.Keys, _clock, TimeProvider.System, _log);
        _host = await WebHost.StartAsync(_line.Map);
        _azure.Line = _host.Address;
    }

    private async Task<(AgentEnd Agent, AzureCall Call)> CallAsync(int sampleRate = 16_000)
    {
        var call = await _azure.RingAsync(sampleRate);
        _open.Add(call);
        var agent = new AgentEnd(await FirstAsync());
        _open.Add(agent);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return (agent, call);
    }

    private async Task<IAudioLeg> FirstAsync()
    {
        await foreach (var leg in _line!.AcceptAsync(CancellationToken.None))
        {
            _open.Add(leg);
            return leg;
        }

        throw new InvalidOperationException("The line is closed.");
    }
}
