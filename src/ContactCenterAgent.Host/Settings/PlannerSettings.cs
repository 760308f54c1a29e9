using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Who turns words into plans. Root <c>Planner</c>.</summary>
public sealed class PlannerSettings
{
    /// <summary>The tier that is the authority.</summary>
    /// <value><c>embedded</c>: in this process, nothing to download.</value>
    [AllowedValues("embedded")]
    public string Tier { get; set; } = "embedded";

    /// <summary>Confidence below which a plan proposes nothing and the agent asks again.</summary>
    /// <value>0 to 1. Default 0.5.</value>
    [Range(0.0, 1.0)]
    public double ConfidenceMin { get; set; } = 0.5;
}
