using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Media.Voice;

namespace ContactCenterAgent.Speech;

/// <summary>How a line of sound is heard and spoken on.</summary>
public sealed class AudioOptions
{
    /// <summary>When sound is taken for the caller's voice.</summary>
    public VoiceOptions Voice { get; set; } = new();

    /// <summary>How far a voice may be ahead of the ear.</summary>
    /// <value>500 ms to 30 s. Default 4 s: 64 kB a call at 8000 samples a second.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")]
    public TimeSpan VoiceAhead { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How far a recogniser may be behind the caller before the oldest sound is lost to it.</summary>
    /// <value>1 to 30 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan EarBehind { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Quiet after which a sentence that was held for a cough goes on.</summary>
    /// <value>100 ms to 2 s. Default 400 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:02")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A sentence is held no longer than this while nobody has understood a word.</summary>
    /// <value>200 ms to 1.9 s. Default 1.5 s: a caller must never wait two seconds for sound.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:01.900")]
    public TimeSpan HoldMax { get; set; } = TimeSpan.FromMilliseconds(1500);
}
