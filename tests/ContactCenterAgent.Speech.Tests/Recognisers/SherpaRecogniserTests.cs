using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Speech.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>Against a server that speaks as sherpa-onnx's online-websocket-server does.</summary>
public sealed class SherpaRecogniserTests : RecogniserConformance
{
    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => FakeServer.SocketAsync(async (context, socket) =>
    {
        if (behaviour == Behaviour.Refuses) return;
        var listener = new ToneListener(16_000);
        var (segment, last) = (0, "");
        for (var pieces = 0; await FakeServer.ReceiveAsync(socket) is { } message; pieces++)
        {
            if (pieces == 30 && behaviour == Behaviour.Leaves) context.Abort();
            if (pieces == 30 && behaviour == Behaviour.Garbles) await FakeServer.SendAsync(socket, "{\"text\"");
            var done = message.IsText && Encoding.UTF8.GetString(message.Bytes) == "Done";
            if (!done) listener.Hear([.. MemoryMarshal.Cast<byte, float>(message.Bytes).ToArray().Select(f => (short)(f * 32767))]);
            var final = done || listener.Quiet >= 0.3;
            if (listener.Text != last || (final && listener.Words.Count > 0)) await FakeServer.SendAsync(socket, Result(listener, segment, final, done));
            last = listener.Text;
            if (done)
            {
                await FakeServer.SendAsync(socket, "Done!");
                return;
            }

            if (!final || listener.Words.Count == 0) continue;
            listener.Words.Clear();
            (segment, last) = (segment + 1, "");
        }
    });

    internal override ISpeechToText Recogniser(FakeServer server) => new SherpaRecogniser(new() { Address = server.Socket, ConnectMax = TimeSpan.FromSeconds(10) }, TimeProvider.System);

    /// <summary>Two tokens a word; times are since the segment's start, which is half a second before its first word.</summary>
    private static string Result(ToneListener listener, int segment, bool final, bool eof)
    {
        var start = listener.Words.Count == 0 ? 0 : listener.Words[0].Start - 0.5;
        var tokens = listener.Words.SelectMany(w => new[] { $"\" {w.Text[..1]}\"", $"\"{w.Text[1..]}\"" });
        var times = listener.Words.SelectMany(w => new[] { w.Start - start, w.Start - start + 0.1 }).Select(t => t.ToString("0.00", CultureInfo.InvariantCulture));
        return $$"""
            {"text": "{{listener.Text}}", "tokens": [{{string.Join(", ", tokens)}}], "timestamps": [{{string.Join(", ", times)}}], "segment": {{segment}},
            "start_time": {{start.ToString("0.00", CultureInfo.InvariantCulture)}}, "is_final": {{(final ? "true" : "false")}}, "is_eof": {{(eof ? "true" : "false")}}}
            """;
    }
}
