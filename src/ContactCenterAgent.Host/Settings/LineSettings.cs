using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Transports.Acs;
using ContactCenterAgent.Transports.AudioSocket;
using ContactCenterAgent.Transports.Sip;
using ContactCenterAgent.Transports.Typed;
using ContactCenterAgent.Transports.WebSocket.Browser;
using ContactCenterAgent.Transports.WebSocket.Twilio;

namespace ContactCenterAgent.Host.Settings;

/// <summary>The lines that calls arrive on. Root <c>Lines</c>.</summary>
public sealed class LineSettings
{
    /// <summary>The zone in which callers say "tomorrow".</summary>
    /// <value>A time zone by its IANA name. Default <c>Europe/London</c>.</value>
    [TimeZoneName]
    public string TimeZone { get; set; } = "Europe/London";

    /// <summary>The agent's first words.</summary>
    /// <value>1 to 200 characters.</value>
    [StringLength(200, MinimumLength = 1)]
    public string Greeting { get; set; } = "Northgate Opticians, how can I help you?";

    /// <summary>How typed words become speech. The page ends a sentence itself; the line does so for a page that has stopped.</summary>
    public TypedOptions Typed { get; set; } = new() { Quiet = TimeSpan.FromSeconds(3) };

    /// <summary>SIP phones, PBXs and trunks.</summary>
    public SipOptions Sip { get; set; } = new();

    /// <summary>Asterisk's AudioSocket.</summary>
    public AudioSocketOptions AudioSocket { get; set; } = new();

    /// <summary>A carrier's media streams, in Twilio's form.</summary>
    public TwilioOptions Twilio { get; set; } = new();

    /// <summary>Azure Communication Services. Needs the Azure connector.</summary>
    public AcsOptions Acs { get; set; } = new();

    /// <summary>Pages with a microphone.</summary>
    public BrowserOptions Browser { get; set; } = new();
}

/// <summary>A name of the IANA time zone database.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeZoneNameAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "a time zone by its IANA name, like Europe/London";
}
