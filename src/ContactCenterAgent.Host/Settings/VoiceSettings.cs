using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Who makes sound of words.</summary>
public enum VoiceKind
{
    /// <summary>espeak-ng on this machine.</summary>
    Espeak,

    /// <summary>A Piper server.</summary>
    Piper,

    /// <summary>A service that speaks OpenAI's protocol.</summary>
    OpenAI,

    /// <summary>Two tones a sentence: for trying a line.</summary>
    Tone,
}

/// <summary>One voice. An entry of <c>Speech:Voices</c>.</summary>
public sealed class VoiceSettings
{
    /// <summary>What it is.</summary>
    /// <value>A name of <see cref="VoiceKind"/>. Default <c>Espeak</c>.</value>
    [EnumDataType(typeof(VoiceKind))]
    public VoiceKind Kind { get; set; }

    /// <summary>Where texts are posted to. Piper and OpenAI only.</summary>
    /// <value>An http or https address. Default <c>http://127.0.0.1:5000/</c> (Piper), OpenAI's own (OpenAI).</value>
    [HttpAddress]
    public string? Endpoint { get; set; }

    /// <summary>The environment variable, or the key of another configuration provider, that holds the API key. The key itself never stands here. OpenAI only.</summary>
    /// <value>Default: none where <see cref="Endpoint"/> is set, else <c>OPENAI_API_KEY</c>.</value>
    [StringLength(200)]
    public string? ApiKeyEnvironment { get; set; }

    /// <summary>The model. OpenAI only.</summary>
    /// <value>Up to 200 characters. Default <c>gpt-4o-mini-tts</c>.</value>
    [StringLength(200, MinimumLength = 1)]
    public string? Model { get; set; }

    /// <summary>The voice by its server's or program's name.</summary>
    /// <value>Letters, digits, plus, point, dash and underscore, up to 64. Default <c>en-gb</c> (Espeak), <c>alloy</c> (OpenAI), the one that Piper was started with.</value>
    [VoiceName]
    public string? Voice { get; set; }

    /// <summary>Samples a second of the voice. Piper only.</summary>
    /// <value>8000 to 48000. Default 22050; low voices have 16000.</value>
    [Range(8_000, 48_000)]
    public int SampleRate { get; set; } = 22_050;

    /// <summary>Words a minute. Espeak only.</summary>
    /// <value>80 to 300. Default 160.</value>
    [Range(80, 300)]
    public int WordsAMinute { get; set; } = 160;
}

/// <summary>The name of a voice: nothing that a program or an address could take for something else.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VoiceNameAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is string { Length: > 0 and <= 64 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '-' or '_'));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "a name of letters, digits, plus, point, dash and underscore, like en-gb";
}
