using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>Transcription and speech: words that a test has written down, and a tone as long as the text.</summary>
internal static class LoopbackAudio
{
    private const int Rate = 24_000, SamplesPerCharacter = 1_440;

    public static async Task TranscribeAsync(HttpContext context, ConcurrentQueue<string> transcripts)
    {
        var form = await context.Request.ReadFormAsync();
        if (form.Files.GetFile("file") is not { Length: > 0 } || string.IsNullOrEmpty(form["model"]))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = "file and model are required" } });
            return;
        }

        var text = transcripts.TryDequeue(out var next) ? next : "";
        if (form["stream"] == "true")
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var word in text.Split(' ')) await EventAsync(context, new() { ["type"] = "transcript.text.delta", ["delta"] = word + " " });
            await EventAsync(context, new() { ["type"] = "transcript.text.done", ["text"] = text });
        }
        else if (form["response_format"] == "text")
        {
            await context.Response.WriteAsync(text + "\n");
        }
        else
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["text"] = text });
        }
    }

    public static async Task SpeakAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var (text, format) = ((string?)body["input"] ?? "", (string?)body["response_format"] ?? "mp3");
        if (format is not ("wav" or "pcm"))
        {
            context.Response.StatusCode = 400;
            return;
        }

        var samples = new byte[text.Length * SamplesPerCharacter * 2];
        for (var i = 0; i < samples.Length / 2; i++) BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan(i * 2), (short)(8_000 * Math.Sin(2 * Math.PI * 440 * i / Rate)));
        context.Response.ContentType = format == "wav" ? "audio/wav" : "audio/pcm";
        if (format == "wav") await context.Response.Body.WriteAsync(Header(samples.Length));
        foreach (var chunk in samples.Chunk(9_600))
        {
            await context.Response.Body.WriteAsync(chunk);
            await context.Response.Body.FlushAsync();
        }
    }

    // RIFF WAVE, PCM, mono, 16 bits.
    private static byte[] Header(int bytes)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + bytes);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), bytes);
        return header;
    }

    private static async Task EventAsync(HttpContext context, JsonObject happened)
    {
        await context.Response.WriteAsync($"data: {happened.ToJsonString()}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
