using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Media.Rtp;

/// <summary>How much delay evens out a network's jitter.</summary>
public sealed class JitterOptions
{
    /// <summary>Delay that a stream begins with.</summary>
    /// <value>20 to 200 ms. Default 40 ms: two packets.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:00.200")]
    public TimeSpan Start { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Delay beyond which packets are given up instead of waited for.</summary>
    /// <value>40 to 300 ms. Default 200 ms: more makes people talk at once.</value>
    [Range(typeof(TimeSpan), "00:00:00.040", "00:00:00.300")]
    public TimeSpan Max { get; set; } = TimeSpan.FromMilliseconds(200);
}
