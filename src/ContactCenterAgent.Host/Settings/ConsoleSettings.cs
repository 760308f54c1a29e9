using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ContactCenterAgent.Host.Settings;

/// <summary>The live console in a browser. Root <c>Console</c>.</summary>
public sealed class ConsoleSettings
{
    /// <summary>The address that the console listens on.</summary>
    /// <value>An IP address. Default <c>127.0.0.1</c>: this machine only.</value>
    [IpAddress]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port that the console listens on.</summary>
    /// <value>0 to 65535; 0 takes a free one. Default 5080.</value>
    [Range(0, 65_535)]
    public int Port { get; set; } = 5080;

    /// <summary>Further origins whose pages may open a call here (a reverse proxy's).</summary>
    /// <value>Origins like <c>https://console.example.org</c>. Default: none but the console's own page.</value>
    [MaxLength(32)]
    public string[] Origins { get; set; } = [];

    /// <summary>Pages connected at once.</summary>
    /// <value>1 to 10,000. Default 64.</value>
    [Range(1, 10_000)]
    public int Connections { get; set; } = 64;

    /// <summary>Calls at once beyond which those that arrive on a line are not listed and cannot be watched.</summary>
    /// <value>0 to 10,000. Default 200: a call's timeline is kept in memory while the call is up.</value>
    [Range(0, 10_000)]
    public int Calls { get; set; } = 200;
}

/// <summary>An IP address, version 4 or 6.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && IPAddress.TryParse(text, out _);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "an IP address, like 127.0.0.1";
}
