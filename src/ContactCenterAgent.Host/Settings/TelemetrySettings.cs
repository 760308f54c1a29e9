using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>What the host says about itself. Root <c>Telemetry</c>.</summary>
public sealed class TelemetrySettings
{
    /// <summary>The lowest level that is logged.</summary>
    /// <value>A level of <see cref="LogLevel"/>. Default <c>Information</c>.</value>
    [EnumDataType(typeof(LogLevel))]
    public LogLevel Level { get; set; } = LogLevel.Information;
}
