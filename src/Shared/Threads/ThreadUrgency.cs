using System.Runtime.InteropServices;

namespace ContactCenterAgent.Shared.Threads;

/// <summary>A thread that must run when it is due. .NET's own priorities do nothing on Linux.</summary>
internal static class ThreadUrgency
{
    /// <summary>As PulseAudio's, which has the same task.</summary>
    private const int Nice = -11;

    /// <summary>
    /// Puts the calling thread before the process's others, where the system lets us: root, CAP_SYS_NICE, or a limit on nice (systemd: <c>LimitNICE=-11</c>). Elsewhere nothing changes.
    /// </summary>
    /// <remarks>setpriority(2): with 0 for the process, Linux takes the calling thread alone.</remarks>
    public static void Raise()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(0, 0, Nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int nice);
}
