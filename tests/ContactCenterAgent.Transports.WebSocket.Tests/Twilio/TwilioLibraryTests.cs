using System.Text.Json;
using System.Xml.Linq;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Npm;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

/// <summary>The line against Twilio's own library for Node: whose signatures it takes, and what it answers.</summary>
public sealed class TwilioLibraryTests
{
    private const string Package = "twilio";

    public static IReadOnlyList<(string Url, Dictionary<string, string[]> Form)> Requests { get; } =
    [
        ("https://calls.example.org/lines/twilio", new() { ["CallSid"] = ["CA7"], ["From"] = ["+442079460000"], ["CallerName"] = ["Zoë & Søn"], ["Empty"] = [""] }),
        ("https://calls.example.org/lines/twilio", new() { ["a"] = ["2"], ["A"] = ["1"], ["_"] = ["3"], ["a.b"] = ["4"] }),
        ("https://calls.example.org/lines/twilio", new() { ["Media"] = ["b", "a"] }),
        ("https://calls.example.org/lines/twilio", new() { ["Media"] = ["a", "a"] }),
        ("wss://calls.example.org/lines/twilio/stream", []),
    ];

    [NodeFact(Package)]
    public async Task Signatures_OfEverySort_AreTheSame()
    {
        await using var twilio = NodeProgram.Start("twilio.cjs");
        foreach (var (url, form) in Requests)
        {
            var pairs = form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v))).ToList();
            var theirs = (await twilio.AskAsync("sign", new { token = Carrier.Token, url, form })).GetString();

            TwilioSignature.IsValid(Carrier.Token, url, pairs, theirs).ShouldBeTrue(JsonSerializer.Serialize(form));
            (await twilio.AskAsync("validate", new { token = Carrier.Token, url, form, signature = TwilioSignature.Of(Carrier.Token, url, pairs) })).GetBoolean().ShouldBeTrue();
            (await twilio.AskAsync("validate", new { token = Carrier.Token, url = url + "/x", form, signature = TwilioSignature.Of(Carrier.Token, url, pairs) })).GetBoolean().ShouldBeFalse();
        }
    }

    [NodeFact(Package)]
    public async Task Webhook_SignedByTwiliosLibrary_IsAnsweredAsItWouldWriteIt()
    {
        using var clock = new MediaClock(TimeProvider.System, "test");
        var options = Carrier.Options;
        options.Tickets = true;
        using var http = new HttpClient();
        await using var line = new TwilioLine("carrier", options, http, clock, TimeProvider.System, new LogLines());
        await using var host = await WebHost.StartAsync(line.Map);
        await using var twilio = NodeProgram.Start("twilio.cjs");
        var form = new Dictionary<string, string> { ["CallSid"] = "CA7", ["From"] = "+442079460000", ["CallerName"] = "Zoë & Søn" };
        var signature = (await twilio.AskAsync("sign", new { token = Carrier.Token, url = "https://calls.example.org/lines/twilio", form })).GetString()!;

        using var answer = await Carrier.PostAsync(host, form, signature);

        var ours = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var ticket = (string)ours.Descendants("Parameter").Single().Attribute("value")!;
        var theirs = (await twilio.AskAsync("connect", new { url = "wss://calls.example.org/lines/twilio/stream", ticket })).GetString()!;
        XNode.DeepEquals(ours.Root, XDocument.Parse(theirs).Root).ShouldBeTrue(theirs);
    }
}
