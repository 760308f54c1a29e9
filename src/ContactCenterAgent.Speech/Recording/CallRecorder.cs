using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Speech.Recording;

/// <summary>Begins recordings. Whatever the disk does, calls go on without one.</summary>
/// <param name="options">Where to, how long.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Says which call is not recorded, and why.</param>
/// <remarks>Thread-safe.</remarks>
public sealed partial class CallRecorder(RecordingOptions options, TimeProvider time, ILogger log)
{
    /// <summary>What callers are told.</summary>
    public string Notice => options.Notice;

    /// <summary>The file that a call's recording has if it begins now, relative to the folder of the recordings.</summary>
    public string NameOf(CallId call) => $"{time.GetUtcNow():yyyy-MM-dd}/{call}.wav";

    /// <summary>Begins a call's recording; null = the disk has no room, or cannot be written.</summary>
    internal CallRecording? Begin(CallId call, int sampleRate)
    {
        FileStream? file = null;
        try
        {
            var name = NameOf(call);
            var path = Path.Combine(Path.GetFullPath(options.Folder), name);
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (new DriveInfo(folder.FullName).AvailableFreeSpace < options.FreeBytesMin)
            {
                LogNoRoom(call, options.FreeBytesMin);
                return null;
            }

            file = new(path, Options());
            LogBegun(call);
            return new(file, sampleRate, time) { Name = name, SamplesMax = (long)(options.LengthMax.TotalSeconds * sampleRate) };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            LogNotBegun(call, fault.GetType().Name);
            return null;
        }
    }

    /// <summary>Ends one, and says so if something of it is missing.</summary>
    internal async ValueTask EndAsync(CallId call, CallRecording recording)
    {
        await recording.DisposeAsync();
        if (recording.Failed) LogFailed(call);
        if (recording.Lost > 0) LogLost(call, recording.Lost);
    }

    /// <summary>For our own eyes alone, where the system knows of such things.</summary>
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    [LoggerMessage(519, LogLevel.Information, "recording.begun: call {Call}, which has heard the notice")]
    private partial void LogBegun(CallId call);

    [LoggerMessage(520, LogLevel.Error, "recording.no_room: call {Call} is not recorded, less than {Bytes} bytes are free (Operator:Recording:FreeBytesMin)")]
    private partial void LogNoRoom(CallId call, long bytes);

    [LoggerMessage(521, LogLevel.Error, "recording.not_begun: call {Call} is not recorded, {Fault} (Operator:Recording:Folder)")]
    private partial void LogNotBegun(CallId call, string fault);

    [LoggerMessage(522, LogLevel.Error, "recording.failed: the rest of call {Call} is not recorded, the disk is full or gone")]
    private partial void LogFailed(CallId call);

    [LoggerMessage(523, LogLevel.Warning, "recording.lost: {Samples} samples of call {Call}, the disk was too slow")]
    private partial void LogLost(CallId call, long samples);
}
