using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>A service of speech that speaks OpenAI's protocol.</summary>
public sealed class OpenAIVoiceOptions
{
    /// <summary>Where texts are posted to.</summary>
    /// <value>Default OpenAI's.</value>
    [Required]
    public Uri Address { get; set; } = new("https://api.openai.com/v1/audio/speech");

    /// <summary>The key; null = none is needed. A secret: it belongs in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model.</summary>
    /// <value>Default <c>gpt-4o-mini-tts</c>.</value>
    [Required]
    public string Model { get; set; } = "gpt-4o-mini-tts";

    /// <summary>The voice.</summary>
    /// <value>Default <c>alloy</c>.</value>
    [Required]
    public string Voice { get; set; } = "alloy";

    /// <summary>How long the service may take to answer.</summary>
    /// <value>200 ms to 10 s. Default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:10")]
    public TimeSpan AnswerMax { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Speaks with <c>/v1/audio/speech</c>, streamed as <c>pcm</c>: 24000 samples a second, 16-bit, little-endian, without a header.</summary>
/// <param name="http">For the service; the caller owns it.</param>
/// <param name="options">The service.</param>
/// <param name="time">A clock.</param>
public sealed class OpenAIVoice(HttpClient http, OpenAIVoiceOptions options, TimeProvider time) : HttpVoice(http, options.AnswerMax, time)
{
    /// <inheritdoc/>
    public override int SampleRate => 24_000;

    private protected override HttpRequestMessage Request(string text)
    {
        var body = new JsonObject { ["model"] = options.Model, ["voice"] = options.Voice, ["input"] = text, ["response_format"] = "pcm" };
        var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = JsonContent.Create(body) };
        if (options.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private protected override ValueTask<PcmStream> OpenAsync(Stream body, CancellationToken cancellationToken) => ValueTask.FromResult(new PcmStream(body, SampleRate));
}
