using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Who makes words of sound.</summary>
public enum RecogniserKind
{
    /// <summary>A vosk-server.</summary>
    Vosk,

    /// <summary>A streaming server of sherpa-onnx.</summary>
    Sherpa,

    /// <summary>Real-time transcription by OpenAI's protocol: OpenAI, Azure OpenAI, servers that imitate them.</summary>
    Realtime,

    /// <summary>Transcription of whole utterances by OpenAI's protocol: OpenAI, vLLM, whisper.cpp's server.</summary>
    Transcription,
}

/// <summary>One recogniser. An entry of <c>Speech:Recognisers</c>.</summary>
public sealed class RecogniserSettings
{
    /// <summary>What it is.</summary>
    /// <value>A name of <see cref="RecogniserKind"/>. Default <c>Vosk</c>.</value>
    [EnumDataType(typeof(RecogniserKind))]
    public RecogniserKind Kind { get; set; }

    /// <summary>Where it is.</summary>
    /// <value>
    /// A ws or wss address; http or https for <c>Transcription</c>. Default <c>ws://127.0.0.1:2700</c> (Vosk), <c>ws://127.0.0.1:6006</c> (Sherpa), OpenAI's own for the others.
    /// </value>
    [ServerAddress]
    public string? Endpoint { get; set; }

    /// <summary>The environment variable, or the key of another configuration provider, that holds the API key. The key itself never stands here.</summary>
    /// <value>Default: none where <see cref="Endpoint"/> is set, else <c>OPENAI_API_KEY</c> for Realtime and Transcription.</value>
    [StringLength(200)]
    public string? ApiKeyEnvironment { get; set; }

    /// <summary>The header that carries the key. Realtime only.</summary>
    /// <value><c>Authorization</c> (default) or Azure's <c>api-key</c>.</value>
    [AllowedValues("Authorization", "api-key")]
    public string KeyHeader { get; set; } = "Authorization";

    /// <summary>The model. Realtime and Transcription only.</summary>
    /// <value>Up to 200 characters. Default <c>gpt-4o-transcribe</c> for Realtime, <c>whisper-1</c> for Transcription.</value>
    [StringLength(200, MinimumLength = 1)]
    public string? Model { get; set; }

    /// <summary>The language, ISO 639-1. Realtime and Transcription only.</summary>
    /// <value>Two letters. Default <c>en</c>.</value>
    [LanguageCode]
    public string Language { get; set; } = "en";

    /// <summary>Samples a second that it is sent. Not for Transcription, which gets 16000.</summary>
    /// <value>8000 to 48000. Default 16000; 24000 for Realtime.</value>
    [Range(8_000, 48_000)]
    public int? SampleRate { get; set; }

    /// <summary>Rival readings asked for. Vosk only.</summary>
    /// <value>0 to 10. Default 0.</value>
    [Range(0, 10)]
    public int Alternatives { get; set; }

    /// <summary>Whether the service gives word times. Transcription only.</summary>
    /// <value>Default true; OpenAI's gpt-4o models give none.</value>
    public bool WordTimes { get; set; } = true;

    /// <summary>Speech between two early requests, whose text comes as a partial. Transcription only.</summary>
    /// <value>300 ms to 5 s. Default 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.300", "00:00:05")]
    public TimeSpan PartialEvery { get; set; } = TimeSpan.FromMilliseconds(400);
}

/// <summary>The address of a server: WebSocket or HTTP, with or without TLS.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ServerAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "ws" or "wss" or "http" or "https");

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "an address like ws://127.0.0.1:2700 or https://speech.example.org/v1/audio/transcriptions";
}

/// <summary>A language by its two letters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LanguageCodeAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string { Length: 2 } code && code.All(char.IsAsciiLetterLower);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "a language by its two letters, like en";
}
