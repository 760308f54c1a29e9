using System.ComponentModel.DataAnnotations;

namespace ContactCenterAgent.Speech.Recording;

/// <summary>Whether calls are recorded, and where to.</summary>
public sealed record RecordingOptions
{
    /// <summary>Whether calls on lines with sound are recorded. Each caller is told so first; who stays on the line has consented.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; set; }

    /// <summary>What every caller hears before the greeting. Nothing is recorded before it has been played to its end.</summary>
    /// <value>1 to 200 characters. Default <c>This call is recorded.</c></value>
    [StringLength(200, MinimumLength = 1)]
    public string Notice { get; set; } = "This call is recorded.";

    /// <summary>The folder of the recordings: one folder a UTC day, one file a call, named by the call's id. Made when it is absent; relative paths count from the working directory.</summary>
    /// <value>1 to 1,024 characters. Default <c>var/recordings</c>.</value>
    [StringLength(1_024, MinimumLength = 1)]
    public string Folder { get; set; } = "var/recordings";

    /// <summary>Length beyond which the rest of a call is not recorded.</summary>
    /// <value>1 min to 12 h. Default 2 h: 230 MB.</value>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")]
    public TimeSpan LengthMax { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Room on the disk below which no recording is begun.</summary>
    /// <value>0 to 1 TiB, in bytes. Default 1 GiB: journals and the database need the rest.</value>
    [Range(0L, 1L << 40)]
    public long FreeBytesMin { get; set; } = 1L << 30;
}
