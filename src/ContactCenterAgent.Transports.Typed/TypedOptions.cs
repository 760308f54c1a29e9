using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Transports.Typed;

/// <summary>How typed words become speech.</summary>
public sealed class TypedOptions
{
    /// <summary>Quiet that ends an utterance without Enter.</summary>
    /// <value>100 ms to 10 s. Default 700 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Words a minute that a reader's words come at, at most: a file is read faster than anybody speaks. Null: as they come.</summary>
    /// <value>30 to 1,000, or null. Default null.</value>
    [Range(30, 1_000)]
    public int? Wpm { get; set; }

    /// <summary>Whether a reader's next line waits until the agent has answered the last one and is silent: a file cannot listen.</summary>
    /// <value>Default false.</value>
    public bool TakeTurns { get; set; }

    /// <summary>After a reader's end: silence of the agent after which the caller hangs up.</summary>
    /// <value>100 ms to 60 s. Default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HangUpAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Characters of a word at most; longer ones are refused.</summary>
    /// <value>16 to 1,024. Default 64.</value>
    [Range(16, 1_024)]
    public int WordCharacters { get; set; } = 64;

    /// <summary>Words of an utterance at most; one more is refused until the final.</summary>
    /// <value>10 to 10,000. Default 300.</value>
    [Range(10, 10_000)]
    public int UtteranceWords { get; set; } = 300;

    /// <summary>Bytes of a message from a socket at most; longer ones are refused.</summary>
    /// <value>256 to 1,048,576. Default 4,096.</value>
    [Range(256, 1_048_576)]
    public int MessageBytes { get; set; } = 4_096;
}
