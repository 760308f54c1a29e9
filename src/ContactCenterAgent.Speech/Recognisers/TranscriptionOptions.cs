using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>A service that transcribes whole recordings by OpenAI's protocol: OpenAI, vLLM, whisper.cpp's server.</summary>
public sealed class TranscriptionOptions
{
    /// <summary>Where recordings are posted to.</summary>
    /// <value>Default OpenAI's. whisper.cpp's server needs <c>--inference-path /v1/audio/transcriptions</c>.</value>
    [Required]
    public Uri Address { get; set; } = new("https://api.openai.com/v1/audio/transcriptions");

    /// <summary>The key; null = none is needed. A secret: it belongs in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model.</summary>
    /// <value>Default <c>whisper-1</c>.</value>
    [Required]
    public string Model { get; set; } = "whisper-1";

    /// <summary>The language, ISO 639-1.</summary>
    /// <value>Default <c>en</c>.</value>
    [RegularExpression("[a-z]{2}")]
    public string Language { get; set; } = "en";

    /// <summary>Whether the service gives word times (<c>verbose_json</c> with <c>timestamp_granularities[]=word</c>).</summary>
    /// <value>Default true; OpenAI's gpt-4o models give none.</value>
    public bool WordTimes { get; set; } = true;

    /// <summary>Speech between two early requests, whose text comes as a partial.</summary>
    /// <value>300 ms to 5 s. Default 700 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.300", "00:00:05")]
    public TimeSpan PartialEvery { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long a request may take.</summary>
    /// <value>500 ms to 30 s. Default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")]
    public TimeSpan RequestMax { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>An utterance is cut here.</summary>
    /// <value>5 to 120 s. Default 30 s, what whisper looks at.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:02:00")]
    public TimeSpan UtteranceMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the caller speaks, by our own ear.</summary>
    public VoiceOptions Voice { get; set; } = new() { HangOver = TimeSpan.FromMilliseconds(300) };
}
