using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Xml.Linq;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class TwilioLineTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly HttpClient _http = new();
    private readonly List<IAsyncDisposable> _open = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) await one.DisposeAsync();
        _clock.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Stream_NotSigned_IsRefusedWith403AndLogged(string signature)
    {
        var (_, host) = await OpenAsync(Carrier.Options);

        using var socket = await Carrier.ConnectAsync(host, signature);

        socket.Status.ShouldBe(403);
        _log.All.ShouldBe(["twilio.refused carrier: signature"]);
    }

    [Fact]
    public async Task Stream_SignedForAnotherUrl_IsRefused()
    {
        var (_, host) = await OpenAsync(Carrier.Options);

        using var socket = await Carrier.ConnectAsync(host, TwilioSignature.Of(Carrier.Token, "https://calls.example.org/lines/twilio/stream", []));

        socket.Status.ShouldBe(403);
    }

    [Fact]
    public async Task Webhook_Signed_AnswersWithAStreamWhoseTicketBringsTheNumberOnce()
    {
        var (line, host) = await OpenAsync(WithTickets());
        var form = new Dictionary<string, string> { ["CallSid"] = "CA7", ["From"] = "+442079460000", ["To"] = "+442079460001" };

        var answer = await Carrier.PostAsync(host, form, TwilioSignature.Of(Carrier.Token, "https://calls.example.org/lines/twilio", form));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var stream = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants("Stream").Single();
        ((string)stream.Attribute("url")!).ShouldBe("wss://calls.example.org/lines/twilio/stream");
        var ticket = (string)stream.Element("Parameter")!.Attribute("value")!;
        _open.Add(await Carrier.CallAsync(host, ticket, "CA7"));
        (await FirstAsync(line)).CallerNumber.ShouldBe(Pii.Of("+442079460000"));

        await using var again = await Carrier.CallAsync(host, ticket, "CA7");
        (await again.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        again.Socket.Reason.ShouldBe("frame.ticket");
        _log.All.ShouldBe(["twilio.refused carrier: ticket"]);
    }

    [Fact]
    public async Task Webhook_NotSignedOrChanged_IsRefusedWith403AndLogged()
    {
        var (_, host) = await OpenAsync(WithTickets());
        var form = new Dictionary<string, string> { ["CallSid"] = "CA7", ["From"] = "+442079460000" };
        var signature = TwilioSignature.Of(Carrier.Token, "https://calls.example.org/lines/twilio", form);
        form["From"] = "+442079460999";

        (await Carrier.PostAsync(host, form, signature)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        _log.All.ShouldBe(["twilio.refused carrier: signature"]);
    }

    [Theory]
    [InlineData("audio/x-alaw", 8_000, "frame.encoding")]
    [InlineData("audio/x-mulaw", 16_000, "frame.rate")]
    public async Task Stream_InAnotherFormat_IsRefusedByName(string encoding, int rate, string reason)
    {
        var (_, host) = await OpenAsync(Carrier.Options);

        await using var carrier = await Carrier.CallAsync(host, encoding: encoding, rate: rate);

        (await carrier.NextAsync()).ShouldBeOfType<FarEvent.Closed>();
        carrier.Socket.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Stream_BeyondTheLimit_IsRefusedWith503()
    {
        var options = Carrier.Options;
        options.Calls = 1;
        var (line, host) = await OpenAsync(options);
        _open.Add(await Carrier.CallAsync(host));
        await FirstAsync(line);

        using var second = await Carrier.ConnectAsync(host);

        second.Status.ShouldBe(503);
    }

    [Fact]
    public async Task Marks_NotComingBack_StopTheVoiceAfterASecond()
    {
        var (line, host) = await OpenAsync(Carrier.Options);
        var carrier = await Carrier.CallAsync(host);
        _open.Add(carrier);
        var deaf = new Carrier(carrier.Socket, carrier.Stream, "CA01") { ReturnsMarks = false };
        var agent = await AnswerAsync(line);
        var frame = Enumerable.Repeat((short)1_000, agent.FrameSamples).ToArray();

        agent.SayEndlessly(frame);
        for (var i = 0; i < 50; i++) (await AgentEnd.Within(deaf.NextAsync())).ShouldBeOfType<FarEvent.Sound>();
        deaf.Marks.Count.ShouldBe(4);

        // The fiftieth frame's mark follows it; nothing else does, until a mark is back. That frees ten frames.
        var next = deaf.NextAsync();
        await deaf.MarkAsync(deaf.Marks[0]);
        await AgentEnd.Within(next);
        for (var i = 1; i < 10; i++) (await AgentEnd.Within(deaf.NextAsync())).ShouldBeOfType<FarEvent.Sound>();
        deaf.Marks.ShouldBe(["0-10", "0-20", "0-30", "0-40", "0-50"]);
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("Http")]
    [InlineData("Path")]
    [InlineData("Account")]
    public void Options_ThatLeaveTheDoorOpen_StopTheStart(string what)
    {
        var options = Carrier.Options;
        if (what == "Token") options.AuthToken = "";
        if (what == "Http") options.PublicUrl = "http://calls.example.org";
        if (what == "Account") options.TransferTo = "+442079460002";
        if (what == "Path") options.PublicUrl = "https://calls.example.org/twilio";

        Should.Throw<ValidationException>(() => new TwilioLine("carrier", options, _http, _clock, TimeProvider.System, _log));
    }

    private static TwilioOptions WithTickets()
    {
        var options = Carrier.Options;
        options.Tickets = true;
        return options;
    }

    private async Task<(TwilioLine Line, WebHost Host)> OpenAsync(TwilioOptions options)
    {
        var line = new TwilioLine("carrier", options, _http, _clock, TimeProvider.System, _log);
        var host = await WebHost.StartAsync(line.Map);
        _open.Add(host);
        _open.Add(line);
        return (line, host);
    }

    private async Task<AgentEnd> AnswerAsync(TwilioLine line)
    {
        var agent = new AgentEnd(await FirstAsync(line));
        _open.Add(agent);
        await agent.Leg.AnswerAsync(CancellationToken.None);
        (await agent.NextAsync()).ShouldBeOfType<LineOpened>();
        return agent;
    }

    private async Task<IAudioLeg> FirstAsync(TwilioLine line)
    {
        await foreach (var leg in line.AcceptAsync(CancellationToken.None))
        {
            _open.Add(leg);
            return leg;
        }

        throw new InvalidOperationException("The line is closed.");
    }
}
