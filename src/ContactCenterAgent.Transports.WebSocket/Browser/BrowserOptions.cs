using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>A line for a page with a microphone.</summary>
public sealed class BrowserOptions
{
    /// <summary>Whether the line is opened at all.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>Path of the WebSocket.</summary>
    /// <value>2 to 100 characters, from a slash on. Default <c>/lines/browser</c>.</value>
    [StringLength(100, MinimumLength = 2)]
    [RegularExpression("/[A-Za-z0-9/_-]*[A-Za-z0-9_-]", MatchTimeoutInMilliseconds = 1_000)]
    public string Path { get; set; } = "/lines/browser";

    /// <summary>Origins whose pages may call, beside this machine's own under the port that the page came from.</summary>
    /// <value>Up to 32 origins like <c>https://help.example.org</c>. Default none.</value>
    [MaxLength(32)]
    public string[] Origins { get; set; } = [];

    /// <summary>Calls at once; one more is refused with 503.</summary>
    /// <value>1 to 5,000. Default 100.</value>
    [Range(1, 5_000)]
    public int Calls { get; set; } = 100;

    /// <summary>How long a page may take to say hello.</summary>
    /// <value>1 s to 60 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HelloWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence of the connection after which the call counts as lost.</summary>
    /// <value>5 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Who makes words of what is said. Where a page's browser cannot, the host's recognisers take over, or else the keypad.</summary>
    /// <value>A name of <see cref="PageRecogniser"/>. Default <c>Configured</c>.</value>
    [EnumDataType(typeof(PageRecogniser))]
    public PageRecogniser Recogniser { get; set; }

    /// <summary>The language that a page's browser is asked to recognise, by its tag (RFC 5646). Only for <see cref="PageRecogniser.Browser"/>.</summary>
    /// <value>2 to 35 letters, digits and hyphens. Default <c>en-GB</c>.</value>
    [RegularExpression("(?=.{2,35}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", MatchTimeoutInMilliseconds = 1_000, ErrorMessage = "a language by its tag, like en-GB")]
    public string Language { get; set; } = "en-GB";

    /// <summary>Readings of an utterance that a page's browser is asked for, the best one included. Only for <see cref="PageRecogniser.Browser"/>.</summary>
    /// <value>1 to 5. Default 3; browsers may give fewer.</value>
    [Range(1, 5)]
    public int Readings { get; set; } = 3;
}
