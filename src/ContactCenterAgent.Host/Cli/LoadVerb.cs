using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Simulation.Phones;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;
using Spectre.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>bench load</c>: this host in a process of its own, and as many phones as are asked for.</summary>
internal static class LoadVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(45);
    private static readonly Option<int> Calls = Number("--calls", "N", "Calls at once.", 300, 1, 5_000);
    private static readonly Option<int> Rate = Number("--rate", "R", "Calls begun, and later ended, a second.", 20, 1, 1_000);
    private static readonly Option<int> Hold = Number("--hold", "S", "Seconds that all of them stay up, counted.", 60, 5, 3_600);
    private static readonly Option<int> Port = Number("--port", "P", "SIP port of the host under load; 0 = any free one.", 0, 0, 65_535);
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Writes the figures to a file as well.", HelpName = "FILE" };

    public static Command Command()
    {
        var command = new Command("load", "Starts this host in a process of its own and calls it with many phones at once, RTP both ways. Exit code 1: calls were lost, or 0.1 % of the frames late.")
        {
            Calls, Rate, Hold, Port, Json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PhoneLoad.IsPossible) throw new IOException("bench load needs 64-bit Linux: it asks the kernel when each frame came.");
        using var output = parsed.GetValue(Json) is { } file ? JsonFile.Begin(file.FullName) : null;
        var calls = parsed.GetValue(Calls);
        await using var host = await ServedHost.StartAsync(parsed.GetValue(Port), calls, time, cancellationToken);
        var options = new PhoneLoadOptions { Target = host.Line, Calls = calls, Rate = parsed.GetValue(Rate), Hold = TimeSpan.FromSeconds(parsed.GetValue(Hold)) };
        var run = await WithProgressAsync(progress => MeasureAsync(host, options, time, progress, cancellationToken));
        foreach (var line in run.Lines()) await System.Console.Out.WriteLineAsync(line.AsMemory(), cancellationToken);
        if (output is not null) await output.CompleteAsync(Encoding.UTF8.GetBytes(run.Json().ToJsonString(Indented)), cancellationToken);
        return run.IsGood ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<LoadRun> MeasureAsync(ServedHost host, PhoneLoadOptions options, TimeProvider time, Action<PhoneLoadProgress> progress, CancellationToken cancellationToken)
    {
        var machine = MachineLoad.Now();
        var (idle, before) = (await host.FiguresAsync(cancellationToken), host.Usage());
        using var load = new PhoneLoad(options, time);
        await load.RampAsync(progress, cancellationToken);
        var up = host.Usage();
        await load.HoldAsync(progress, cancellationToken);
        var (held, full) = (host.Usage(), await host.FiguresAsync(cancellationToken));
        await load.EndAsync(progress, cancellationToken);
        var (left, after) = (await QuietAsync(host, time, cancellationToken), host.Usage());
        return new(options, load.Report(), machine, idle, full, left, before, up, held, after);
    }

    /// <summary>Waits until nothing is under way any more; what lingers after a BYE does so for 32 s (RFC 3261 section 17).</summary>
    private static async Task<HostFigures> QuietAsync(ServedHost host, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var figures = await host.FiguresAsync(cancellationToken);
            if (figures is { Calls: 0, Sip: { Sessions: 0, Transactions: 0 } } || time.GetElapsedTime(began) > QuietMax) return figures;
            await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
        }
    }

    private static async Task<LoadRun> WithProgressAsync(Func<Action<PhoneLoadProgress>, Task<LoadRun>> work)
    {
        if (System.Console.IsOutputRedirected) return await work(_ => { });
        return await AnsiConsole.Progress().StartAsync(context =>
        {
            var task = context.AddTask("bench load");
            return work(now =>
            {
                task.Description = string.Create(CultureInfo.InvariantCulture, $"{now.Stage}: {now.Up} up, {now.Late:p2} late");
                task.Value = now.Share * 100;
            });
        });
    }

    private static Option<int> Number(string name, string shown, string says, int normally, int least, int most)
    {
        var option = new Option<int>(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{says} {least} to {most:n0}."), HelpName = shown, DefaultValueFactory = _ => normally };
        option.Validators.Add(given => { if (given.GetValueOrDefault<int>() < least || given.GetValueOrDefault<int>() > most) given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {least} to {most}.")); });
        return option;
    }
}
