using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Runtime;

/// <summary>Limits of the shell: everything that queues or waits has one.</summary>
public sealed class RuntimeOptions
{
    /// <summary>Events that wait in a call's inbox before whoever brings one has to wait.</summary>
    /// <value>16 to 65,536 events. Default 512.</value>
    [Range(16, 65_536)]
    public int InboxEvents { get; set; } = 512;

    /// <summary>Room beyond <see cref="InboxEvents"/> for outcomes, releases, hang-ups and deadlines, which never wait and are never shed.</summary>
    /// <value>16 to 65,536 events. Default 512: more than the tool calls of a call that can be under way at once.</value>
    [Range(16, 65_536)]
    public int InboxReserved { get; set; } = 512;

    /// <summary>How long an event may wait for room before the call ends as overloaded.</summary>
    /// <value>100 ms to 30 s. Default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan InboxWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Calls of one back end that run at once, over all callers.</summary>
    /// <value>1 to 1,024. Default 16.</value>
    [Range(1, 1_024)]
    public int BackEndRunning { get; set; } = 16;

    /// <summary>Room beyond <see cref="BackEndRunning"/> for releases, confirms and look-ups.</summary>
    /// <value>1 to 64. Default 4.</value>
    [Range(1, 64)]
    public int BackEndReserved { get; set; } = 4;

    /// <summary>Calls that wait for one back end, over all callers. Beyond it speculative ones are dropped first.</summary>
    /// <value>1 to 65,536. Default 256.</value>
    [Range(1, 65_536)]
    public int BackEndWaiting { get; set; } = 256;

    /// <summary>Reads that take unusually long and may be asked a second time, to all reads: the first answer counts. <c>Disclose</c> reads never are.</summary>
    /// <value>0 (none) to 0.1. Default 0.02.</value>
    [Range(0, 0.1)]
    public double HedgedReads { get; set; } = 0.02;

    /// <summary>How long a cancelled tool may take to stop before it is abandoned; what it returns later is only logged.</summary>
    /// <value>0 to 10 s. Default 500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Characters of a tool's JSON; more is nonsense.</summary>
    /// <value>1,024 to 16,777,216. Default 262,144.</value>
    [Range(1_024, 16_777_216)]
    public int ResultCharacters { get; set; } = 262_144;

    /// <summary>How long a planner may take to its first useful token.</summary>
    /// <value>50 ms to 30 s. Default 2.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan PlannerFirst { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long a planner may pause in mid-stream.</summary>
    /// <value>50 ms to 30 s. Default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan PlannerNext { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Deadline of one attempt to release a hold.</summary>
    /// <value>100 ms to 60 s. Default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ReleaseDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the second attempt to release a hold; doubled each time up to <see cref="ReleaseRetryMax"/>.</summary>
    /// <value>10 ms to 60 s. Default 250 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReleaseRetry { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two attempts to release a hold.</summary>
    /// <value>10 ms to 10 min. Default 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ReleaseRetryMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After our own failure: how long the apology and the transfer to a person may take.</summary>
    /// <value>1 s to 60 s. Default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ApologyMax { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls taken at once; one more is turned away.</summary>
    /// <value>1 to 100,000. Default 2,000.</value>
    [Range(1, 100_000)]
    public int Calls { get; set; } = 2_000;
}
