using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Speech.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>Against a server that speaks as OpenAI's realtime transcription sessions do: deltas while audio comes, the whole text once it is committed.</summary>
public sealed class RealtimeTranscriptionTests : RecogniserConformance
{
    private readonly List<string> _sessions = [];
    private readonly List<string> _keys = [];

    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => FakeServer.SocketAsync(async (context, socket) =>
    {
        lock (_keys) _keys.Add($"{context.Request.Headers.Authorization}{context.Request.Headers["api-key"]}");
        if (behaviour == Behaviour.Refuses)
        {
            await FakeServer.SendAsync(socket, """{"type":"error","error":{"type":"invalid_request_error","code":"invalid_api_key","message":"no"}}""");
            return;
        }

        await FakeServer.SendAsync(socket, """{"type":"session.created","event_id":"e1","session":{"type":"transcription"}}""");
        var listener = new ToneListener(24_000);
        var (item, told) = (1, 0);
        for (var pieces = 0; await FakeServer.ReceiveAsync(socket) is { } message; pieces++)
        {
            if (pieces == 30 && behaviour == Behaviour.Leaves) context.Abort();
            if (pieces == 30 && behaviour == Behaviour.Garbles) await FakeServer.SendAsync(socket, """{"kind":"nothing that has a type"}""");
            using var json = JsonDocument.Parse(message.Bytes);
            switch (json.RootElement.GetProperty("type").GetString())
            {
                case "session.update":
                    lock (_sessions) _sessions.Add(json.RootElement.GetProperty("session").GetRawText());
                    await FakeServer.SendAsync(socket, """{"type":"session.updated","event_id":"e2","session":{}}""");
                    break;
                case "input_audio_buffer.append":
                    listener.Hear(MemoryMarshal.Cast<byte, short>(json.RootElement.GetProperty("audio").GetBytesFromBase64()));
                    for (; told < listener.Words.Count; told++)
                        await FakeServer.SendAsync(socket, $$"""{"type":"conversation.item.input_audio_transcription.delta","item_id":"i{{item}}","content_index":0,"delta":"{{(told > 0 ? " " : "")}}{{listener.Words[told].Text}}"}""");
                    break;
                case "input_audio_buffer.commit":
                    await FakeServer.SendAsync(socket, $$"""{"type":"input_audio_buffer.committed","event_id":"e3","previous_item_id":null,"item_id":"i{{item}}"}""");
                    await FakeServer.SendAsync(socket, $$"""{"type":"conversation.item.input_audio_transcription.completed","item_id":"i{{item}}","content_index":0,"transcript":"{{listener.Text}}"}""");
                    listener.Words.Clear();
                    (item, told) = (item + 1, 0);
                    break;
                case "input_audio_buffer.clear":
                    await FakeServer.SendAsync(socket, """{"type":"input_audio_buffer.cleared","event_id":"e4"}""");
                    break;
            }
        }
    });

    internal override ISpeechToText Recogniser(FakeServer server) => new RealtimeTranscription(new() { Address = server.Socket, ConnectMax = TimeSpan.FromSeconds(10), ApiKey = "secret" }, TimeProvider.System);

    [Fact]
    public async Task Recognise_TheSession_IsOneOfTranscriptionWithTheKey()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        await HearAsync(Recogniser(server));
        _keys.ShouldBe(["Bearer secret"]);
        _sessions.ShouldHaveSingleItem().ShouldBe(
            """{"type":"transcription","audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":{"model":"gpt-4o-transcribe","language":"en"},"turn_detection":null}}}""");
    }

    [Fact]
    public async Task Recognise_ForAzure_SendsItsHeader()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        await HearAsync(new RealtimeTranscription(new() { Address = server.Socket, ConnectMax = TimeSpan.FromSeconds(10), ApiKey = "secret", KeyHeader = "api-key" }, TimeProvider.System));
        _keys.ShouldBe(["secret"]);
    }
}
