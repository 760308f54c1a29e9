using System.Diagnostics;

namespace ContactCenterAgent.Storage.Tests.Sqlite;

/// <summary>A file system of 64 KiB in memory, mounted on a folder.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    public SmallDisk(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        if (!Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)) throw new InvalidOperationException("The small disk could not be mounted.");
    }

    /// <summary>Whether this machine and user can mount one.</summary>
    public static bool Available { get; } = Try();

    public void Dispose() => Run("umount", _folder);

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal)) return false;
        var folder = Directory.CreateTempSubdirectory("contactcenter-tests-disk");
        try
        {
            using var disk = new SmallDisk(folder.FullName);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            folder.Delete();
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a disk that is really full.</summary>
public sealed class FactOnSmallDiskAttribute : FactAttribute
{
    public FactOnSmallDiskAttribute()
    {
        if (!SmallDisk.Available) Skip = "needs root and tmpfs to mount a 64 KiB disk";
    }
}
