using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ContactCenterAgent.Llm.Tests.Loopback;

/// <summary>The parts of the server that no adapter here uses, so that those which do can rest on them.</summary>
public sealed class LoopbackOpenAITests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private LoopbackOpenAI _server = null!;

    public async Task InitializeAsync()
    {
        _server = await LoopbackOpenAI.StartAsync();
        _http.BaseAddress = _server.Address;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Chat_NotStreamed_IsOneBody()
    {
        _server.Then(LoopbackAnswer.Says("Good day."));
        using var response = await _http.PostAsJsonAsync("chat/completions", new { model = "loopback", messages = new[] { new { role = "user", content = "Hello" } } });

        (await response.Content.ReadFromJsonAsync<JsonNode>())!["choices"]![0]!["message"]!["content"]!.ToString().ShouldBe("Good day.");
    }

    [Theory]
    [InlineData("json", "{\"text\":\"hello there\"}")]
    [InlineData("text", "hello there\n")]
    public async Task Transcription_OfAFile_IsWhatTheTestWroteDown(string format, string body)
    {
        _server.Transcripts.Enqueue("hello there");
        using var response = await _http.PostAsync("audio/transcriptions", Form(("model", "whisper-1"), ("response_format", format)));

        (await response.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Fact]
    public async Task Transcription_Streamed_ComesByWords()
    {
        _server.Transcripts.Enqueue("hello there");
        using var response = await _http.PostAsync("audio/transcriptions", Form(("model", "whisper-1"), ("stream", "true")));

        (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Transcription_WithoutAModel_IsRefused()
    {
        using var response = await _http.PostAsync("audio/transcriptions", Form());
        ((int)response.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("wav", 44)]
    [InlineData("pcm", 0)]
    public async Task Speech_IsATonePerCharacter(string format, int header)
    {
        using var response = await _http.PostAsJsonAsync("audio/speech", new { model = "tts-1", voice = "alloy", input = "Hello", response_format = format });
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBe(header + (5 * 1_440 * 2));
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "speech.wav" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }
}
