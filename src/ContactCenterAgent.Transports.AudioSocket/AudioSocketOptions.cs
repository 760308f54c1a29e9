using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ContactCenterAgent.Transports.AudioSocket;

/// <summary>A line for Asterisk's AudioSocket.</summary>
public sealed class AudioSocketOptions
{
    /// <summary>Whether the line is opened at all.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>Address to listen on. The protocol knows no passwords: whoever reaches the port is heard.</summary>
    /// <value>An IP address. Default <c>127.0.0.1</c>: this machine only.</value>
    [CustomValidation(typeof(AudioSocketOptions), nameof(IsAddress))]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>Port to listen on.</summary>
    /// <value>0 to 65,535; 0 = any free one. Default 9092.</value>
    [Range(0, 65_535)]
    public int Port { get; set; } = 9_092;

    /// <summary>Samples a second: 8000 for the dialplan's AudioSocket(), 16000 for the channel driver with slin16.</summary>
    /// <value>8000 or 16000. Default 8000.</value>
    [AllowedValues(8_000, 16_000)]
    public int SampleRate { get; set; } = 8_000;

    /// <summary>Addresses of Asterisk servers; connections from elsewhere are closed unread.</summary>
    /// <value>Up to 256 networks like <c>192.0.2.0/24</c>. Default none: everybody who reaches the port.</value>
    [MaxLength(256)]
    public string[] AllowedFrom { get; set; } = [];

    /// <summary>Whether only calls are taken whose UUID was announced.</summary>
    /// <value>Default false.</value>
    public bool AnnouncedOnly { get; set; }

    /// <summary>Calls at once; one more is closed.</summary>
    /// <value>1 to 5,000. Default 1,000.</value>
    [Range(1, 5_000)]
    public int Calls { get; set; } = 1_000;

    /// <summary>How long a connection may take to say its UUID.</summary>
    /// <value>1 s to 60 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan IdWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence of the connection after which the call counts as lost.</summary>
    /// <value>5 s to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks an address.</summary>
    public static ValidationResult? IsAddress(string text) => IPAddress.TryParse(text, out _) ? ValidationResult.Success : new("an IP address, like 127.0.0.1");
}
