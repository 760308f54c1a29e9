using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>When a recogniser counts as lost.</summary>
public sealed class FallbackOptions
{
    /// <summary>Speech without a word from the recogniser.</summary>
    /// <value>500 ms to 10 s. Default 1 s; more for recognisers of whole utterances.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:10")]
    public TimeSpan SpeechMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Sound kept for the next recogniser: what was said since the last final.</summary>
    /// <value>1 to 60 s. Default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a recogniser that has failed is left alone by other calls, while another one is there. One that merely said nothing in one call is not.</summary>
    /// <value>0 to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the caller speaks.</summary>
    public VoiceOptions Voice { get; set; } = new();
}
