using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Transports.WebSocket.Twilio;

/// <summary>A line for media streams in Twilio's form.</summary>
public sealed class TwilioOptions
{
    /// <summary>Whether the line is opened at all.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>The address under which Twilio reaches this host, as it was given to Twilio: signatures cover it.</summary>
    /// <value>An <c>https</c> URL without a path, like <c>https://calls.example.org</c>. No default.</value>
    [StringLength(256)]
    public string PublicUrl { get; set; } = "";

    /// <summary>Path of the webhook for a call that comes in. The stream's is <c>/stream</c> below it.</summary>
    /// <value>1 to 100 characters, from a slash on. Default <c>/lines/twilio</c>.</value>
    [StringLength(100, MinimumLength = 2)]
    [RegularExpression("/[A-Za-z0-9/_-]*[A-Za-z0-9_-]", MatchTimeoutInMilliseconds = 1_000)]
    public string Path { get; set; } = "/lines/twilio";

    /// <summary>The account's token, by which signatures are checked. A secret.</summary>
    /// <value>16 to 100 characters. No default.</value>
    [StringLength(100)]
    public string AuthToken { get; set; } = "";

    /// <summary>Whether a stream must carry the ticket that the webhook's answer gave it: valid once, for a minute. Off only where something else answers the webhook; a stream's
    /// signature alone is the same for every call and can be replayed.</summary>
    /// <value>Default true.</value>
    public bool Tickets { get; set; } = true;

    /// <summary>The account's id, by which Twilio is asked to put callers through.</summary>
    /// <value>Up to 64 letters and digits; needed where <see cref="TransferTo"/> is set. Default empty.</value>
    [RegularExpression("[A-Za-z0-9]{0,64}", MatchTimeoutInMilliseconds = 1_000)]
    public string AccountSid { get; set; } = "";

    /// <summary>Where a caller who wants a person is put through to.</summary>
    /// <value>A telephone number, E.164; empty = nowhere. Default empty.</value>
    [RegularExpression(@"(\+[0-9]{3,15})?", MatchTimeoutInMilliseconds = 1_000)]
    public string TransferTo { get; set; } = "";

    /// <summary>The number that a person sees who is called for a transfer.</summary>
    /// <value>A number of the account's, E.164; empty = the caller's own. Default empty.</value>
    [RegularExpression(@"(\+[0-9]{3,15})?", MatchTimeoutInMilliseconds = 1_000)]
    public string TransferFrom { get; set; } = "";

    /// <summary>How long a person may be rung.</summary>
    /// <value>5 s to 2 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:02:00")]
    public TimeSpan RingMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where Twilio's interface for calls is.</summary>
    /// <value>A URL without a path. Default Twilio's own.</value>
    [Url]
    public string ApiUrl { get; set; } = "https://api.twilio.com";

    /// <summary>Calls at once; one more is refused with 503.</summary>
    /// <value>1 to 5,000. Default 1,000.</value>
    [Range(1, 5_000)]
    public int Calls { get; set; } = 1_000;

    /// <summary>How long a stream may take to say what it is.</summary>
    /// <value>1 s to 60 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan StartWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence of the connection after which the call counts as lost.</summary>
    /// <value>5 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(30);
}
