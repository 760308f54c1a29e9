using System.CommandLine;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>bench</c>: what is measured, as JSON.</summary>
internal static class BenchVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Command() => new("bench", "Measures parts of the agent.") { Planner(), SpeculationVerb.Command(), HostBenchVerb.Command(), LoadVerb.Command() };

    private static Command Planner()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder of labelled dialogues or utterances.", HelpName = "FOLDER", Required = true };
        var part = new Option<DataPart?>("--part") { Description = "Which part is scored. Default: what was held out of the developers' own data, else all." };
        var untrained = new Option<bool>("--untrained") { Description = "Learns from no labelled line." };
        var without = new Option<string[]>("--without") { Description = "Services that nothing is learned from and that alone are scored.", HelpName = "SERVICE", AllowMultipleArgumentsPerToken = true };
        var share = new Option<double>("--share") { Description = "Share of the labelled lines that is learned from, 0 to 1.", DefaultValueFactory = _ => 1 };
        share.Validators.Add(given => { if (given.GetValueOrDefault<double>() is < 0 or > 1) given.AddError("--share is 0 to 1."); });
        var weights = new Option<DirectoryInfo?>("--weights") { Description = "Reads weights from there instead of learning.", HelpName = "FOLDER" };
        var learn = new Option<DirectoryInfo?>("--learn") { Description = "Learns from the data, writes the weights there, and scores nothing.", HelpName = "FOLDER" };
        var people = new Option<int>("--people") { Description = "Adds invented people to the records of callers, up to this number.", HelpName = "NUMBER" };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the figures to a file as well.", HelpName = "FILE" };
        var planner = new Command("planner", "Scores the embedded planner on data.") { data, part, untrained, without, share, weights, learn, people, json };
        planner.SetAction((parsed, cancellationToken) => parsed.GetValue(learn) is { } folder
            ? Task.FromResult(Learn(parsed.GetRequiredValue(data).FullName, parsed.GetValue(part) ?? DataPart.Development, folder.FullName))
            : ScoreAsync(
            new()
            {
                Data = parsed.GetRequiredValue(data).FullName,
                Part = parsed.GetValue(part),
                Untrained = parsed.GetValue(untrained),
                WithoutServices = parsed.GetValue(without) ?? [],
                TrainingShare = parsed.GetValue(share),
                Weights = parsed.GetValue(weights)?.FullName,
                People = parsed.GetValue(people),
            },
            parsed.GetValue(json)?.FullName,
            cancellationToken));
        return planner;
    }

    private static int Learn(string data, DataPart part, string weights)
    {
        PlannerTraining.Run(data, part, weights);
        return ExitCode.Ok;
    }

    private static async Task<int> ScoreAsync(PlannerBenchOptions options, string? json, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Data)) throw new DirectoryNotFoundException($"There is no folder '{options.Data}'.");
        using var output = json is null ? null : JsonFile.Begin(json);
        var figures = PlannerBenchmark.Run(options, TimeProvider.System).ToJsonString(Indented);
        await System.Console.Out.WriteLineAsync(figures.AsMemory(), cancellationToken);
        if (output is not null) await output.CompleteAsync(Encoding.UTF8.GetBytes(figures), cancellationToken);
        return ExitCode.Ok;
    }
}
