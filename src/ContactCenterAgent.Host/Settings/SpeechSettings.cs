using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Speech;

namespace ContactCenterAgent.Host.Settings;

/// <summary>Who hears and speaks on lines with sound, and when the caller's turn is over. Root <c>Speech</c>.</summary>
public sealed class SpeechSettings
{
    /// <summary>Recognisers in the order in which they are tried: one that fails in mid-call is replaced by the next. When none is left the caller gets the keypad menu.</summary>
    /// <value>A list of up to 8. Default: none, so callers use the keypad.</value>
    [MaxLength(8)]
    public RecogniserSettings[] Recognisers { get; set; } = [];

    /// <summary>Voices in the order in which they are tried. Behind the last one stands espeak-ng where it is installed. When none is left the caller is put through to a person.</summary>
    /// <value>A list of up to 8. Default: espeak-ng where it is installed, else tones.</value>
    [MaxLength(8)]
    public VoiceSettings[] Voices { get; set; } = [];

    /// <summary>The caller's speech without a word from a recogniser after which the next one takes over.</summary>
    /// <value>500 ms to 10 s. Default 1 s; longer for a service that needs more than half a second for an early request.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:10")]
    public TimeSpan DeafAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait for a voice's next piece of sound after which the next voice takes over.</summary>
    /// <value>200 ms to 5 s. Default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan MuteAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a recogniser or voice that has failed is left alone, while another one is there.</summary>
    /// <value>0 to 10 min. Default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What is taken for the caller's voice, and how long a sentence is held for it.</summary>
    public AudioOptions Audio { get; set; } = new();

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
