using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Who turns words into plans. Root <c>Planner</c>.</summary>
public sealed class PlannerSettings
{
    /// <summary>The tiers of the authority, in the order in which they are asked. The embedded planner drafts in any case, and answers where no tier does.</summary>
    /// <value>A list of up to 8. Default: none, so the embedded planner is the authority.</value>
    [MaxLength(8)]
    public TierSettings[] Tiers { get; set; } = [];

    /// <summary>Confidence below which a plan proposes nothing and the agent asks again.</summary>
    /// <value>0 to 1. Default 0.5.</value>
    [Range(0.0, 1.0)]
    public double ConfidenceMin { get; set; } = 0.5;
}
