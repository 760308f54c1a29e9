using System.Net;
using System.Xml.Linq;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Npm;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using ContactCenterAgent.Transports.WebSocket.Wire;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

/// <summary>A caller who is put through by Twilio's interface for calls, and comes back, or does not.</summary>
#pragma warning disable CA1001 // The test's lifetime disposes them.
public sealed class TwilioTransferTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Call = "CA7";

    private readonly MediaClock _clock = new(TimeProvider.System, "test");
    private readonly LogLines _log = new();
    private readonly HttpClient _http = new();
    private TwilioApi? _api;
    private TwilioLine? _line;
    private WebHost? _host;
    private Carrier? _caller;
    private AgentEnd? _agent;

    public async Task InitializeAsync()
    {
        _api = await TwilioApi.StartAsync();
        var options = Carrier.Options;
        (options.Tickets, options.AccountSid, options.TransferTo, options.TransferFrom, options.ApiUrl) = (true, "AC01", "+442079460002", "+442079460001", _api.Address);
        _line = new("carrier", options, _http, _clock, TimeProvider.System, _log);
        _host = await WebHost.StartAsync(_line.Map);
        _caller = await Carrier.CallAsync(_host, await TicketAsync("", new() { ["From"] = "+442079460000" }), Call);
        await foreach (var leg in _line.AcceptAsync(CancellationToken.None))
        {
            _agent = new(leg);
            break;
        }

        await _agent!.Leg.AnswerAsync(CancellationToken.None);
        (await _agent.NextAsync()).ShouldBeOfType<LineOpened>();
    }

    public async Task DisposeAsync()
    {
        await _agent!.DisposeAsync();
        await _caller!.DisposeAsync();
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        await _api!.DisposeAsync();
        _clock.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Transfer_Answered_EndsTheCallAsPutThrough()
    {
        await TransferAsync();

        (await PostAsync("/answered", new() { ["CallSid"] = "CA8", ["ParentCallSid"] = Call, ["CallStatus"] = "in-progress" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _agent!.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(TransferOutcome.Answered);
        (await _agent.EndAsync()).End.Lost.ShouldBeFalse();
        (await AnswerAsync("completed")).Elements().ShouldBeEmpty("the talk is over, and so is the call");
    }

    [Theory]
    [InlineData("busy", TransferOutcome.Declined)]
    [InlineData("no-answer", TransferOutcome.NoAnswer)]
    [InlineData("failed", TransferOutcome.Failed)]
    public async Task Transfer_NobodyAnswers_TheCallerIsBackOnTheSameLeg(string status, TransferOutcome outcome)
    {
        await TransferAsync();

        var ticket = (string)(await AnswerAsync(status)).Descendants("Parameter").Single().Attribute("value")!;
        await using var back = await Carrier.CallAsync(_host!, ticket, Call);

        (await _agent!.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(outcome);
        await back.PressAsync('5');
        (await _agent.NextAsync()).ShouldBeOfType<DigitPressed>();
        _agent.Say(Enumerable.Repeat((short)4_000, 1_600).ToArray());
        (await AgentEnd.Within(back.NextAsync())).ShouldBeOfType<FarEvent.Sound>().Samples.ShouldContain(s => s > 3_000);
        await back.HangUpAsync();
        (await _agent.EndAsync()).End.Lost.ShouldBeFalse();
        _line!.Up.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Transfer_RefusedByTwilio_FailsAndTheCallerStays()
    {
        _api!.Status = StatusCodes.Status404NotFound;

        await _agent!.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);

        (await _agent.NextAsync()).ShouldBeOfType<TransferEnded>().Outcome.ShouldBe(TransferOutcome.Failed);
        _log.All.ShouldContain("twilio.transfer carrier: status_404");
        await _caller!.PressAsync('5');
        (await _agent.NextAsync()).ShouldBeOfType<DigitPressed>();
    }

    [Theory]
    [InlineData("/answered")]
    [InlineData("/dialled")]
    public async Task Outcome_NotSigned_IsRefusedWith403(string path)
    {
        await TransferAsync();

        using var answer = await Carrier.PostAsync(_host!, new() { ["CallSid"] = Call, ["ParentCallSid"] = Call, ["DialCallStatus"] = "completed" }, "x", "/lines/twilio" + path);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _agent!.Running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Caller_WhoIsNotAway_GetsANewCallFromALateOutcome()
    {
        var ticket = (string)(await AnswerAsync("no-answer")).Descendants("Parameter").Single().Attribute("value")!;

        await using var back = await Carrier.CallAsync(_host!, ticket, Call);

        await foreach (var leg in _line!.AcceptAsync(CancellationToken.None))
        {
            await leg.DisposeAsync();
            break;
        }

        _agent!.Running.IsCompleted.ShouldBeFalse();
    }

    [NodeFact("twilio")]
    public async Task Request_IsTheOneOfTwiliosLibrary()
    {
        await TransferAsync();
        await using var twilio = NodeProgram.Start("twilio.cjs");

        var dial = (await twilio.AskAsync("dial", new
        {
            number = "+442079460002",
            callerId = "+442079460001",
            timeout = 30,
            action = "https://calls.example.org/lines/twilio/dialled",
            answered = "https://calls.example.org/lines/twilio/answered",
        })).GetString()!;
        await twilio.AskAsync("update", new { account = "AC01", token = Carrier.Token, call = Call, twiml = _api!.Asked[0].Form["Twiml"], server = _api.Address });

        var (ours, theirs) = (_api.Asked[0], _api.Asked[1]);
        (ours.Path, ours.Authorization).ShouldBe((theirs.Path, theirs.Authorization));
        ours.Form.ShouldBe(theirs.Form);
        Sorted(XElement.Parse(ours.Form["Twiml"])).ShouldBe(Sorted(XElement.Parse(dial)));
    }

    /// <summary>Asked for a person: Twilio is asked to dial, and ends the stream.</summary>
    private async Task TransferAsync()
    {
        await _agent!.Leg.TransferAsync(new("asked for a person", Pii.Of("")), CancellationToken.None);
        _api!.Asked.Single().Path.ShouldBe("POST /2010-04-01/Accounts/AC01/Calls/CA7.json");
        await _caller!.HangUpAsync();
        (await AgentEnd.Within(_caller.NextAsync())).ShouldBeOfType<FarEvent.Closed>();
    }

    private async Task<XElement> AnswerAsync(string status)
    {
        using var answer = await PostAsync("/dialled", new() { ["CallSid"] = Call, ["From"] = "+442079460000", ["DialCallStatus"] = status });
        return XElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> TicketAsync(string path, Dictionary<string, string> form)
    {
        form["CallSid"] = Call;
        using var answer = await PostAsync(path, form);
        return (string)XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants("Parameter").Single().Attribute("value")!;
    }

    private Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) =>
        Carrier.PostAsync(_host!, form, TwilioSignature.Of(Carrier.Token, "https://calls.example.org/lines/twilio" + path, form), "/lines/twilio" + path);

    private static string Sorted(XElement element) =>
        $"<{element.Name} {string.Join(' ', element.Attributes().Select(a => a.ToString()).Order(StringComparer.Ordinal))}>{(element.HasElements ? string.Concat(element.Elements().Select(Sorted)) : element.Value)}</{element.Name}>";
}
