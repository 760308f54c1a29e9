using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Runtime;
using ContactCenterAgent.Speech.Recording;

namespace ContactCenterAgent.Host.Settings;

/// <summary>What the operator decides. Root <c>Operator</c>.</summary>
public sealed class OperatorSettings
{
    /// <summary>How long running calls may take to end after the host was told to stop.</summary>
    /// <value>0 to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The seed of the demo business: the same seed gives the same customers and the same calendar.</summary>
    /// <value>0 to 2,147,483,647. Default 1.</value>
    [Range(0, int.MaxValue)]
    public int DemoSeed { get; set; } = 1;

    /// <summary>Recording of calls.</summary>
    public RecordingOptions Recording { get; set; } = new();

    /// <summary>Limits of everything that queues or waits.</summary>
    public RuntimeOptions Limits { get; set; } = new();
}
