using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Speech.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>Against a server that speaks as vosk-server's websocket/asr_server.py does.</summary>
public sealed class VoskRecogniserTests : RecogniserConformance
{
    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => FakeServer.SocketAsync(async (context, socket) =>
    {
        if (behaviour == Behaviour.Refuses) return;
        using var config = JsonDocument.Parse((await FakeServer.ReceiveAsync(socket))!.Value.Bytes);
        var rate = (int)config.RootElement.GetProperty("config").GetProperty("sample_rate").GetDouble();
        var rivals = config.RootElement.GetProperty("config").TryGetProperty("max_alternatives", out _);
        var listener = new ToneListener(rate);
        for (var pieces = 0; await FakeServer.ReceiveAsync(socket) is { } message; pieces++)
        {
            if (pieces == 10 && behaviour == Behaviour.Leaves) context.Abort();
            if (pieces == 10 && behaviour == Behaviour.Garbles) await FakeServer.SendAsync(socket, "[1, 2");
            var eof = message.IsText && Encoding.UTF8.GetString(message.Bytes) == "{\"eof\" : 1}";
            if (!eof) listener.Hear(MemoryMarshal.Cast<byte, short>(message.Bytes));

            // A piece is answered with the utterance's end if it brings one, else with what is understood so far.
            if (eof || (listener.Words.Count > 0 && listener.Quiet >= 0.3)) await FakeServer.SendAsync(socket, Result(listener, rivals));
            else await FakeServer.SendAsync(socket, $$"""{"partial" : "{{listener.Text}}"}""");
            if (eof || listener.Quiet >= 0.3) listener.Words.Clear();
            if (eof) return;
        }
    });

    internal override ISpeechToText Recogniser(FakeServer server) => new VoskRecogniser(new() { Address = server.Socket, ConnectMax = TimeSpan.FromSeconds(10) }, TimeProvider.System);

    private static string Result(ToneListener listener, bool rivals)
    {
        var words = string.Join(',', listener.Words.Select(w =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"conf" : 1.0, "start" : {{w.Start:0.00}}, "end" : {{w.End:0.00}}, "word" : "{{w.Text}}"}""")));
        var result = $$"""{"result" : [{{words}}], "text" : "{{listener.Text}}"}""";
        return !rivals ? listener.Words.Count == 0 ? """{"text" : ""}""" : result
            : $$"""{"alternatives" : [{{result}}, {"confidence" : 0.2, "text" : "won too"}]}""";
    }

    [Fact]
    public async Task Recognise_WithAlternatives_GivesTheRivals()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var recogniser = new VoskRecogniser(new() { Address = server.Socket, ConnectMax = TimeSpan.FromSeconds(10), Alternatives = 2 }, TimeProvider.System);
        var finals = (await HearAsync(recogniser)).OfType<FinalHeard>().ToList();
        finals[0].Words.Text.ShouldBe("one two three four");
        finals[0].Words.Alternatives.ShouldBe(["won too"]);
    }
}
