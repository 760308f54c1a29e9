namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Where the developers' data lies: the setting <c>CONTACTCENTER_DATA</c>, else the nearest <c>shared/data</c> upwards.</summary>
public static class DeveloperData
{
    /// <summary>The folder; null = there is none on this machine.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Whether a folder is one of the developers' own, so that a part of it is held out.</summary>
    public static bool IsOwn(string folder) =>
        Folder is { } own && Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(folder))) == Path.GetFullPath(own);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CONTACTCENTER_DATA") is { Length: > 0 } named) return Directory.Exists(named) ? Path.TrimEndingDirectorySeparator(named) : null;
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "shared", "data") is var data && Directory.Exists(data)) return data;
        return null;
    }
}
