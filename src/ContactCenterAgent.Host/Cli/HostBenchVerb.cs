using System.CommandLine;
using ContactCenterAgent.Host.Bench;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>bench host</c>: scripted calls in real time through the running host, beside the same on virtual time.</summary>
internal static class HostBenchVerb
{
    public static Command Command()
    {
        var calls = new Option<int>("--calls") { Description = "Calls at once, 1 to 50.", HelpName = "N", DefaultValueFactory = _ => 8 };
        calls.Validators.Add(given => { if (given.GetValueOrDefault<int>() is < 1 or > 50) given.AddError("--calls is 1 to 50."); });
        var seed = new Option<long>("--seed") { Description = "Of the back end's times.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var output = new Option<DirectoryInfo>("--out") { Description = "Gets host.json.", HelpName = "FOLDER", Required = true };
        var host = new Command("host", "Starts 'serve' in a process of its own with a CRM behind REST, types scripted calls at it in real time, with and without speculation, and compares them with the same on virtual time. A minute or two.")
        {
            calls, seed, output,
        };
        host.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await new HostBench(parsed.GetValue(calls), parsed.GetValue(seed)).RunAsync(parsed.GetRequiredValue(output).FullName, cancellationToken);
            await System.Console.Out.WriteLineAsync(WallTables.Of(run).AsMemory(), cancellationToken);
            return ExitCode.Ok;
        });
        return host;
    }
}
