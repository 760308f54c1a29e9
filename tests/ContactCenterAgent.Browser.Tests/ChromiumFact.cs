namespace ContactCenterAgent.Browser.Tests;

/// <summary>A test that needs a browser; without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    private static readonly string[] Places =
    [
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    ];

    public ChromiumFactAttribute()
    {
        if (Chromium is null) Skip = "Chromium is missing: apt-get install chromium, or set CHROMIUM_PATH.";
    }

    /// <summary>The browser's program; null = there is none.</summary>
    public static string? Chromium { get; } = Places.FirstOrDefault(File.Exists);
}
