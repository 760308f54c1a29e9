using System.CommandLine;
using System.CommandLine.Parsing;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Host.Settings;
using ContactCenterAgent.Simulation;
using ContactCenterAgent.Storage;
using ContactCenterAgent.Storage.Journal;

namespace ContactCenterAgent.Host.Cli;

/// <summary>The host's command line: verbs, and what becomes of their failures.</summary>
public static class CommandLine
{
    private const string ExitCodes =
        """
        Exit codes: 0 all went well; 1 a script, a law, a replay or an audit failed; 2 a wrong argument or setting; 3 a file, a folder, the
        database or the port cannot be used. Settings: appsettings.json, or the environment (Console__Port=5081).
        """;

    /// <summary>How long a verb may take to end after Ctrl-C or SIGTERM; beyond the longest Operator:DrainMax.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromMinutes(11);

    /// <summary>Every verb that is built.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand($"Answers phone calls, and works while the caller is still speaking. Without a verb: serve.\n\n{ExitCodes}")
        {
            ServeVerb.Command(),
            CallVerb.Command(),
            PlanVerb.Command(),
            BenchVerb.Command(),
            ReplayVerb.Command(),
            AuditVerb.Command(),
        };
        root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(cancellationToken));
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="root">As <see cref="Root"/> makes it.</param>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="error">Gets one line for each thing that is wrong.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, TextWriter error)
    {
        var parsed = CommandLineParser.Parse(root, arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors) await error.WriteLineAsync(wrong.Message);
            await error.WriteLineAsync("Try --help.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopMax });
        }
        catch (Exception fault) when (Code(fault) is not null)
        {
            await error.WriteLineAsync(fault.Message.ReplaceLineEndings(" "));
            return Code(fault)!.Value;
        }
    }

    /// <summary>The faults that are the operator's to mend; anything else is a bug of ours and shows its stack.</summary>
    private static int? Code(Exception fault) => fault switch
    {
        SettingException => ExitCode.Usage,
        StoreException or StoreTooNewException or StoreReadOnlyException or JournalException or ScriptException => ExitCode.Storage,
        IOException or InvalidDataException or UnauthorizedAccessException => ExitCode.Storage,
        _ => null,
    };
}
