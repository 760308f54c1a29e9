using Spectre.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary>What the verbs write on.</summary>
internal static class Terminal
{
    private const int FileColumns = 140;

    /// <summary>A file or a pipe gets plain lines, wide enough for a timeline, whatever the environment says of colours.</summary>
    public static void Use()
    {
        if (!System.Console.IsOutputRedirected) return;
        AnsiConsole.Console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        AnsiConsole.Profile.Width = FileColumns;
    }
}
