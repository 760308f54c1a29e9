using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>A realtime transcription service that speaks OpenAI's protocol.</summary>
public sealed class RealtimeOptions : SocketOptions
{
    /// <summary>Makes options of OpenAI's own service.</summary>
    public RealtimeOptions()
    {
        Address = new("wss://api.openai.com/v1/realtime?intent=transcription");
        SampleRate = 24_000;
    }

    /// <summary>The key. A secret: it belongs in the environment, not in a file.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The header that carries the key.</summary>
    /// <value>Default <c>Authorization</c>, as a bearer; Azure takes <c>api-key</c>.</value>
    [Required]
    public string KeyHeader { get; set; } = "Authorization";

    /// <summary>The model.</summary>
    /// <value>Default <c>gpt-4o-transcribe</c>.</value>
    [Required]
    public string Model { get; set; } = "gpt-4o-transcribe";

    /// <summary>The language, ISO 639-1.</summary>
    /// <value>Default <c>en</c>.</value>
    [RegularExpression("[a-z]{2}")]
    public string Language { get; set; } = "en";

    /// <summary>When the caller's utterance is over, by our own ear: the service is told to commit.</summary>
    public VoiceOptions Voice { get; set; } = new() { HangOver = TimeSpan.FromMilliseconds(200) };
}
