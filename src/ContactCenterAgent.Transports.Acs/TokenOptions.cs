using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>Whose tokens are believed.</summary>
public sealed class TokenOptions
{
    /// <summary>Who issues them.</summary>
    /// <value>1 to 256 characters. Default: Azure Communication Services (Microsoft documentation, "Secure webhook endpoints and WebSocket connections").</value>
    [StringLength(256, MinimumLength = 1)]
    public string Issuer { get; set; } = "https://acscallautomation.communication.azure.com";

    /// <summary>Whom they are for.</summary>
    /// <value>The immutable id of the resource, a GUID; empty = no token is believed. Default empty.</value>
    [StringLength(256)]
    public string Audience { get; set; } = "";

    /// <summary>Where the issuer's public keys are (RFC 7517).</summary>
    /// <value>A URL. Default: Azure Communication Services'.</value>
    [Url]
    public string KeysUrl { get; set; } = "https://acscallautomation.communication.azure.com/calling/keys";
}
