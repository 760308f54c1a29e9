using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Voices;

/// <summary>When a voice counts as silent.</summary>
public sealed class VoiceLimits
{
    /// <summary>The longest wait for the next piece of speech.</summary>
    /// <value>200 ms to 5 s. Default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan PieceMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for the last voice, behind which there is none.</summary>
    /// <value>200 ms to 30 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:30")]
    public TimeSpan LastPieceMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a voice that has failed is not asked again.</summary>
    /// <value>0 to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(30);
}
