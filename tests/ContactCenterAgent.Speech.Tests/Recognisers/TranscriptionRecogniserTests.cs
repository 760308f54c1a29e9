using System.Globalization;
using System.Runtime.InteropServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Speech.Recognisers;
using ContactCenterAgent.Speech.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Speech.Tests.Recognisers;

/// <summary>Against a server that speaks as OpenAI's <c>/v1/audio/transcriptions</c> does.</summary>
public sealed class TranscriptionRecogniserTests : RecogniserConformance, IDisposable
{
    private readonly HttpClient _http = new();
    private readonly List<string> _formats = [];

    internal override Task<FakeServer> ServerAsync(Behaviour behaviour) => FakeServer.HttpAsync(async context =>
    {
        if (behaviour == Behaviour.Refuses) context.Response.StatusCode = 401;
        if (behaviour == Behaviour.Leaves) context.Abort();
        if (behaviour == Behaviour.Garbles) await context.Response.WriteAsync("<html>");
        if (behaviour != Behaviour.Sound) return;
        var form = await context.Request.ReadFormAsync();
        form["model"].ToString().ShouldBe("whisper-1");
        using var file = new MemoryStream();
        await form.Files["file"]!.CopyToAsync(file);
        WavFormat.Read(file.ToArray(), out var format).ShouldBeNull();
        var listener = new ToneListener(format!.SampleRate);
        listener.Hear(MemoryMarshal.Cast<byte, short>(file.ToArray().AsSpan(format.DataStart)));
        lock (_formats) _formats.Add(form["response_format"].ToString());
        var words = string.Join(',', listener.Words.Select(w => string.Create(CultureInfo.InvariantCulture, $$"""{"word":"{{w.Text}}","start":{{w.Start:0.00}},"end":{{w.End:0.00}}}""")));
        await context.Response.WriteAsync(form["response_format"] == "json" ? $$"""{"text":"{{listener.Text}}"}"""
            : $$"""{"task":"transcribe","language":"english","duration":1.0,"text":"{{listener.Text}}","words":[{{words}}]}""");
    });

    internal override ISpeechToText Recogniser(FakeServer server) => new TranscriptionRecogniser(_http, new() { Address = new(server.Http, "/v1/audio/transcriptions") }, TimeProvider.System);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Recognise_AModelWithoutWordTimes_SpreadsTheWords()
    {
        await using var server = await ServerAsync(Behaviour.Sound);
        var events = await HearAsync(new TranscriptionRecogniser(_http, new() { Address = server.Http, WordTimes = false }, TimeProvider.System));
        var words = events.OfType<FinalHeard>().SelectMany(f => f.Words.Words).ToList();
        words.Count.ShouldBe(7);
        words[4].Start.TotalSeconds.ShouldBe(2.5, 0.4);
        _formats.ShouldAllBe(f => f == "json");
    }
}
