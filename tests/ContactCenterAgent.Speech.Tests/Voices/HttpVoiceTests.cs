using System.Runtime.InteropServices;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Recording;
using ContactCenterAgent.Speech.Tests.Conformance;
using ContactCenterAgent.Speech.Tests.Recognisers;
using ContactCenterAgent.Speech.Voices;
using Microsoft.AspNetCore.Http;

namespace ContactCenterAgent.Speech.Tests.Voices;

/// <summary>Voices behind HTTP, against a server of theirs on loopback: 60 ms of tone a character, in chunks of an odd number of bytes.</summary>
public abstract class HttpVoiceTests : VoiceConformance, IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private FakeServer? _server;

    private protected List<JsonElement> Bodies { get; } = [];

    private protected int Status { get; set; } = 200;

    private protected bool Breaks { get; set; }

    private protected abstract string TextName { get; }

    private protected abstract int Rate { get; }

    private protected abstract bool HasHeader { get; }

    private protected abstract ITextToSpeech Make(HttpClient http, Uri address);

    protected override ITextToSpeech Voice() => Make(_http, _server!.Http);

    public async Task InitializeAsync() => _server = await FakeServer.HttpAsync(ServeAsync);

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        lock (Bodies) Bodies.Add(json.RootElement.Clone());
        context.Response.StatusCode = Status;
        if (Status != 200) return;
        var count = (int)(json.RootElement.GetProperty(TextName).GetString()!.Length * 0.06 * Rate);
        short[] samples = [.. Enumerable.Range(0, count).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 300 * i / Rate)))];
        byte[] sound = [.. HasHeader ? WavWriter.Header(Rate, 1, (uint)count * 2) : [], .. MemoryMarshal.AsBytes(samples.AsSpan())];
        for (var at = 0; at < sound.Length; at += 4801)
        {
            await context.Response.Body.WriteAsync(sound.AsMemory(at, Math.Min(4801, sound.Length - at)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (Breaks && at > 20_000) context.Abort();
        }
    }

    private Task<int> SpeakAsync() => SpeakAsync(Voice());

    private static async Task<int> SpeakAsync(ITextToSpeech voice)
    {
        var samples = 0;
        await foreach (var piece in voice.SpeakAsync("a sentence of fifty characters, more or less, yes", default)) samples += piece.Samples.Length;
        return samples;
    }

    [Fact]
    public async Task Speak_EverySample_Comes() => (await SpeakAsync()).ShouldBe((int)(49 * 0.06 * Rate));

    [Fact]
    public async Task Speak_AServerThatRefuses_SaysSo()
    {
        Status = 503;
        await Should.ThrowAsync<VoiceException>(SpeakAsync);
    }

    [Fact]
    public async Task Speak_AServerThatBreaksOff_SaysSo()
    {
        Breaks = true;
        await Should.ThrowAsync<VoiceException>(SpeakAsync);
    }

    [Fact]
    public async Task Speak_NoServer_SaysSo()
    {
        var voice = Voice();
        await _server!.DisposeAsync();
        await Should.ThrowAsync<VoiceException>(() => SpeakAsync(voice));
    }
}

public sealed class PiperVoiceTests : HttpVoiceTests
{
    private protected override string TextName => "text";

    private protected override int Rate => 22_050;

    private protected override bool HasHeader => true;

    private protected override ITextToSpeech Make(HttpClient http, Uri address) => new PiperVoice(http, new() { Address = address }, TimeProvider.System);
}

public sealed class OpenAIVoiceTests : HttpVoiceTests
{
    private protected override string TextName => "input";

    private protected override int Rate => 24_000;

    private protected override bool HasHeader => false;

    private protected override ITextToSpeech Make(HttpClient http, Uri address) => new OpenAIVoice(http, new() { Address = address }, TimeProvider.System);

    [Fact]
    public async Task Speak_TheRequest_AsksForRawSamples()
    {
        await Speak_EverySample_Comes();
        var body = Bodies.ShouldHaveSingleItem();
        body.GetProperty("response_format").GetString().ShouldBe("pcm");
        body.GetProperty("model").GetString().ShouldBe("gpt-4o-mini-tts");
        body.GetProperty("voice").GetString().ShouldBe("alloy");
    }
}
