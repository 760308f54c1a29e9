using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>A line for Azure Communication Services.</summary>
public sealed class AcsOptions
{
    /// <summary>Whether the line is opened at all.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>The address under which Azure reaches this host.</summary>
    /// <value>An <c>https</c> URL without a path, like <c>https://calls.example.org</c>. No default.</value>
    [StringLength(256)]
    public string PublicUrl { get; set; } = "";

    /// <summary>The resource that commands go to with the host's own identity of Microsoft Entra ID, where there is no connection string.</summary>
    /// <value>Like <c>https://NAME.communication.azure.com</c>; empty = a connection string. Default empty.</value>
    [StringLength(256)]
    public string Endpoint { get; set; } = "";

    /// <summary>The environment variable, or the key of another configuration provider, that holds the resource's connection string. The string itself never stands here.</summary>
    /// <value>1 to 200 characters. Default <c>COMMUNICATION_SERVICES_CONNECTION_STRING</c>.</value>
    [StringLength(200, MinimumLength = 1)]
    public string ConnectionEnvironment { get; set; } = "COMMUNICATION_SERVICES_CONNECTION_STRING";

    /// <summary>Path of everything below: <c>/events</c> is the webhook of Event Grid.</summary>
    /// <value>2 to 100 characters, from a slash on. Default <c>/lines/acs</c>.</value>
    [StringLength(100, MinimumLength = 2)]
    [RegularExpression("/[A-Za-z0-9/_-]*[A-Za-z0-9_-]", MatchTimeoutInMilliseconds = 1_000)]
    public string Path { get; set; } = "/lines/acs";

    /// <summary>The secret at the end of the webhook's URL, <c>?code=…</c> (Microsoft documentation, "Event Grid webhook: query parameters").</summary>
    /// <value>Up to 100 characters; empty = only <see cref="WebhookToken"/> opens. At least 16 where it is set. Default empty.</value>
    [StringLength(100)]
    public string WebhookSecret { get; set; } = "";

    /// <summary>Whose tokens open the webhook, where Event Grid delivers to an endpoint that Microsoft Entra protects.</summary>
    public TokenOptions WebhookToken { get; set; } = new();

    /// <summary>Whose tokens open callbacks and media sockets.</summary>
    public TokenOptions Token { get; set; } = new();

    /// <summary>Samples a second on the media socket; the agent itself hears and speaks at 16000.</summary>
    /// <value>16000 or 24000. Default 16000.</value>
    [AllowedValues(16_000, 24_000)]
    public int SampleRate { get; set; } = 16_000;

    /// <summary>The language that Azure's recogniser listens for.</summary>
    /// <value>Like <c>en-GB</c>; empty = Azure recognises nothing. Default empty.</value>
    [StringLength(20)]
    public string TranscriptionLocale { get; set; } = "";

    /// <summary>The Azure AI services resource that listens.</summary>
    /// <value>An https URL; needed where <see cref="TranscriptionLocale"/> is set. Default empty.</value>
    [StringLength(256)]
    public string Intelligence { get; set; } = "";

    /// <summary>Where a caller who wants a person is put through to.</summary>
    /// <value>A telephone number (E.164) or a raw id; empty = nowhere. Default empty.</value>
    [StringLength(256)]
    public string TransferTo { get; set; } = "";

    /// <summary>The resource's own number, which a telephone that is called for a transfer sees.</summary>
    /// <value>E.164; empty = none. Default empty.</value>
    [StringLength(32)]
    public string TransferFrom { get; set; } = "";

    /// <summary>Calls at once; one more is turned away as busy.</summary>
    /// <value>1 to 5,000. Default 1,000.</value>
    [Range(1, 5_000)]
    public int Calls { get; set; } = 1_000;

    /// <summary>Silence of the media socket, or its absence, after which the call counts as lost.</summary>
    /// <value>5 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(30);
}
