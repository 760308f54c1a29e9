using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>The voice that is installed with <c>apt-get install espeak-ng</c>.</summary>
public sealed class EspeakOptions
{
    /// <summary>The program.</summary>
    /// <value>A name on the path or a path. Default <c>espeak-ng</c>.</value>
    [Required]
    public string Program { get; set; } = "espeak-ng";

    /// <summary>The voice by espeak-ng's name.</summary>
    /// <value>Default <c>en-gb</c>; <c>espeak-ng --voices</c> lists them.</value>
    [RegularExpression("[a-zA-Z0-9+-]{2,32}")]
    public string Voice { get; set; } = "en-gb";

    /// <summary>Words a minute.</summary>
    /// <value>80 to 300. Default 160.</value>
    [Range(80, 300)]
    public int WordsAMinute { get; set; } = 160;

    /// <summary>Sentences synthesised at once; each is a process of its own.</summary>
    /// <value>1 to 64. Default 8.</value>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 8;
}
