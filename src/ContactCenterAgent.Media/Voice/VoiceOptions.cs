using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Media.Voice;

/// <summary>When sound is taken for the caller's voice.</summary>
public sealed class VoiceOptions
{
    /// <summary>How far above the line's noise sound must be.</summary>
    /// <value>3 to 30 dB. Default 10 dB.</value>
    [Range(3.0, 30.0)]
    public double AboveNoise { get; set; } = 10;

    /// <summary>Sound below this is never speech, however quiet the line.</summary>
    /// <value>-80 to -20 dB under the overload point. Default -50 dB.</value>
    [Range(-80.0, -20.0)]
    public double LevelMin { get; set; } = -50;

    /// <summary>How far above the expected echo of our own prompt sound must be.</summary>
    /// <value>3 to 30 dB. Default 8 dB.</value>
    [Range(3.0, 30.0)]
    public double AboveEcho { get; set; } = 8;

    /// <summary>Sound within which speech is believed: a click is shorter.</summary>
    /// <value>20 to 200 ms. Default 60 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:00.200")]
    public TimeSpan Onset { get; set; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Quiet within which speech goes on: the stop inside "doctor" is shorter.</summary>
    /// <value>60 to 500 ms. Default 100 ms. It is part of every answer's delay; the silences that close a turn are counted from its end.</value>
    [Range(typeof(TimeSpan), "00:00:00.060", "00:00:00.500")]
    public TimeSpan HangOver { get; set; } = TimeSpan.FromMilliseconds(100);
}
