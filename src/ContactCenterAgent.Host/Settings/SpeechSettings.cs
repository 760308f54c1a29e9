using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Host.Settings;

/// <summary>When the caller's turn is over. Root <c>Speech</c>.</summary>
public sealed class SpeechSettings
{
    /// <summary>Silence after the last word that ends a turn for good, once its words are final.</summary>
    /// <value>200 ms to 3 s. Default 700 ms: callers who read out a number pause for longer than they think.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:03")]
    public TimeSpan Baseline { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Silence after which a reply is prepared.</summary>
    /// <value>50 ms to 1 s. Default 150 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:01")]
    public TimeSpan DraftAfter { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Silence after which the agent may speak when the request is whole.</summary>
    /// <value>100 ms to 3 s. Default 300 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:03")]
    public TimeSpan SpeakWhenComplete { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence after which the agent may speak in the middle of a number, a spelled name or after "and".</summary>
    /// <value>500 ms to 5 s. Default 1.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:05")]
    public TimeSpan SpeakMidValue { get; set; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Silence that ends a plain yes or no to a read-back.</summary>
    /// <value>100 ms to 3 s. Default 250 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:03")]
    public TimeSpan PlainYes { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Silence after which the agent asks whether the caller is still there.</summary>
    /// <value>3 s to 60 s. Default 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:03", "00:01:00")]
    public TimeSpan NoInput { get; set; } = TimeSpan.FromSeconds(8);
}
