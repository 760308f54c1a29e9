using System.CommandLine;
using ContactCenterAgent.Host.Settings;
using Spectre.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>serve</c>: the lines and the console, until told to stop.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var serve = new Command("serve", "Opens the lines and the console on a seeded demo business, and prints how to reach them. Ctrl-C or SIGTERM drains and stops.");
        serve.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return serve;
    }

    /// <summary>Serves.</summary>
    /// <param name="stop">Takes no new calls; those that are up come to their end, within Operator:DrainMax.</param>
    public static async Task<int> RunAsync(CancellationToken stop)
    {
        await using var server = await Server.StartAsync(HostSettings.Load(), stop);
        AnsiConsole.MarkupLineInterpolated($"The console: [bold]{server.Address}[/]  (type as the caller; Ctrl-C ends it)");
        AnsiConsole.MarkupLineInterpolated($"{server.PhonesSay}");
        foreach (var line in server.ToolsSay) AnsiConsole.MarkupLineInterpolated($"{line}");
        foreach (var line in server.SoundSays) AnsiConsole.MarkupLineInterpolated($"{line}");
        await server.RunAsync(stop);
        AnsiConsole.MarkupLine("Stopped.");
        return ExitCode.Ok;
    }
}
