using System.CommandLine;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench;
using Spectre.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary><c>bench speculation</c>: recorded dialogues, word by word, under every policy.</summary>
internal static class SpeculationVerb
{
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "A folder with dialogues.jsonl and services.json.", HelpName = "FOLDER" };
    private static readonly Option<int?> Composed = new("--composed") { Description = "Plays N composed tasks of each shape, several calls each, in place of recorded dialogues.", HelpName = "N" };
    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "Gets summary.json, turns.jsonl, tables.md and plots.", HelpName = "FOLDER" };
    private static readonly Option<FileInfo?> Page = new("--page") { Description = "Runs everything that docs/benchmarks.md tells of and writes it there instead.", HelpName = "FILE" };
    private static readonly Option<string> Planner = Choice("--planner", "Who understands the words; verified = the embedded planner drafts and gold verifies.", "both", "gold", "embedded", "verified", "both");
    private static readonly Option<string> Profile = Choice("--profile", "The strong model behind the draft.", "cloud", "cloud", "edge", "embedded");
    private static readonly Option<string> Close = Choice("--close", "Silence that closes a turn, for every policy; ours = each policy's own.", "ours", "ours", "700", "500");
    private static readonly Option<string> Widen = Choice("--widen", "Reads may start with arguments left open.", "off", "on", "off");
    private static readonly Option<string[]> Policy = new("--policy") { Description = "Policies to run besides sequential and oracle. Default: all.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<BenchPart?> Without = new("--without") { Description = "A part of the product that is left out." };
    private static readonly Option<bool> Hedge = new("--hedge") { Description = "The product may ask an unusually slow read once more, 2 % of the reads at most." };
    private static readonly Option<bool> ForAll = new("--for-all") { Description = "Gives phrases, and widened reads where they are on, to every policy." };
    private static readonly Option<bool> NoReserve = new("--no-reserve") { Description = "Reservations are plain writes." };
    private static readonly Option<double> Agreement = Share("--agreement", "Share of the turns that the draft understands as the model does.", 1);
    private static readonly Option<double> Disfluency = Share("--disfluency", "Chance of fillers, repeats, false starts and values taken back.", 0);
    private static readonly Option<double> Pauses = Share("--pauses", "Chance of a pause at each usual place.", 0);
    private static readonly Option<double> Unstable = Share("--unstable", "Chance that a word is misheard at first.", 0);
    private static readonly Option<int> Lag = new("--lag") { Description = "Milliseconds from a word's end to its partial.", HelpName = "MS", DefaultValueFactory = _ => 150 };
    private static readonly Option<long> Seed = new("--seed") { Description = "The same seed gives the same bytes.", HelpName = "S", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Dialogues = new("--dialogues") { Description = "Plays the first N dialogues only.", HelpName = "N" };

    private static readonly Option<int?> Wall = new("--wall") { Description = "Plays N dialogues in real time instead, with and without speculation, beside the same on virtual time. A few minutes; writes wall.json.", HelpName = "N" };
    private static readonly Option<string> Model = Choice("--model", "With --wall, the strong model: timed = the profile's times; tiers = the ones of Planner:Tiers, over the network.", "timed", "timed", "tiers");

    public static Command Command()
    {
        Wall.Validators.Add(given => { if (given.GetValueOrDefault<int?>() is < 1 or > 200) given.AddError("--wall is 1 to 200."); });
        Lag.Validators.Add(given => { if (given.GetValueOrDefault<int>() is < 0 or > 2000) given.AddError("--lag is 0 to 2000."); });
        var command = new Command("speculation", "Streams recorded dialogues through the product and through other policies, on virtual time.")
        {
            Data, Composed, Out, Page, Planner, Profile, Policy, Close, Widen, Without, Hedge, ForAll, NoReserve, Agreement, Disfluency, Pauses, Unstable, Lag, Seed, Dialogues, Wall, Model,
        };
        command.Validators.Add(given =>
        {
            if (given.GetValue(Out) is null && given.GetValue(Page) is null) given.AddError("One of --out and --page is needed.");
            if (given.GetValue(Data) is null && (given.GetValue(Composed) is null || given.GetValue(Page) is not null || given.GetValue(Wall) is not null)) given.AddError("--data is needed.");
            if (given.GetValue(Composed) is < 1 or > 100_000) given.AddError("--composed is 1 to 100000.");
            if (given.GetValue(Composed) is not null && given.GetValue(Profile) == "embedded") given.AddError("--composed needs a model's profile: cloud or edge.");
            if (given.GetValue(Planner) == "verified" && (given.GetValue(Profile) == "embedded" || given.GetValue(Composed) is not null || given.GetValue(Wall) is not null))
                given.AddError("--planner verified needs a model's profile and recorded dialogues on virtual time.");
            if (given.GetValue(Wall) is not null && given.GetValue(Out) is null) given.AddError("--wall needs --out.");
            if (given.GetValue(Model) == "tiers" && given.GetValue(Wall) is null) given.AddError("--model tiers needs --wall: a network has no virtual time.");
        });
        command.SetAction((parsed, _) => parsed.GetValue(Wall) is { } dialogues ? WallVerb.RunAsync(Options(parsed, Folder(parsed)), dialogues, parsed.GetValue(Model) == "tiers", parsed.GetValue(Out)!.FullName) : Task.FromResult(Run(parsed)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var data = Folder(parsed);
        if (parsed.GetValue(Page) is { } page)
        {
            WithProgress(progress => SpeculationSuite.Write(data, page.FullName, parsed.GetValue(Seed), progress));
            return ExitCode.Ok;
        }

        JsonObject? summary = null;
        WithProgress(progress => summary = SpeculationReport.Run(Options(parsed, data), parsed.GetValue(Out)!.FullName, share => progress("dialogues", share)));
        AnsiConsole.Write(Table(summary!));
        return ExitCode.Ok;
    }

    private static string Folder(ParseResult parsed)
    {
        var data = parsed.GetValue(Data)?.FullName ?? "";
        return data.Length == 0 || Directory.Exists(data) ? data : throw new DirectoryNotFoundException($"There is no folder '{data}'.");
    }

    private static SpeculationOptions Options(ParseResult parsed, string data) => new()
    {
        Data = data,
        Composed = parsed.GetValue(Composed),
        Planners = parsed.GetValue(Planner) switch
        {
            "gold" => [BenchPlanner.Gold],
            "embedded" => [BenchPlanner.Embedded],
            "verified" => [BenchPlanner.Verified],
            _ => [BenchPlanner.Gold, BenchPlanner.Embedded],
        },
        Profile = Enum.Parse<BenchProfile>(parsed.GetValue(Profile)!, ignoreCase: true),
        Policies = [.. (parsed.GetValue(Policy) ?? []).SelectMany(p => p.Split(','))],
        Close = int.TryParse(parsed.GetValue(Close), out var close) ? TimeSpan.FromMilliseconds(close) : null,
        Widen = parsed.GetValue(Widen) == "on",
        Without = parsed.GetValue(Without),
        Hedge = parsed.GetValue(Hedge),
        ForAll = parsed.GetValue(ForAll),
        Reserve = !parsed.GetValue(NoReserve),
        Agreement = parsed.GetValue(Agreement),
        Disfluency = parsed.GetValue(Disfluency),
        Pauses = parsed.GetValue(Pauses),
        Unstable = parsed.GetValue(Unstable),
        Lag = TimeSpan.FromMilliseconds(parsed.GetValue(Lag)),
        Seed = parsed.GetValue(Seed),
        Dialogues = parsed.GetValue(Dialogues),
    };

    private static void WithProgress(Action<Action<string, double>> work)
    {
        if (System.Console.IsOutputRedirected)
        {
            work((_, _) => { });
            return;
        }

        AnsiConsole.Progress().Start(context =>
        {
            var task = context.AddTask("bench speculation");
            work((what, share) =>
            {
                task.Description = Markup.Escape(what);
                task.Value = share * 100;
            });
        });
    }

    private static Table Table(JsonObject summary)
    {
        var table = new Table().AddColumns("planner", "policy", "reads p50 ms", "faster", "writes p50 ms", "faster", "of the oracle", "waste", "unsafe");
        foreach (var (planner, policies) in summary)
            foreach (var (policy, figures) in (JsonObject)policies!)
                table.AddRow([planner, policy, .. Cells((JsonObject)figures!).Select(cell => cell?.ToString() ?? "-")]);
        return table;
    }

    private static IEnumerable<JsonNode?> Cells(JsonObject figures) =>
    [
        figures["reads"]?["p50_ms"], figures["reads"]?["speedup_p50"], figures["writes"]?["p50_ms"], figures["writes"]?["speedup_p50"],
        figures["oracle_share"], figures["waste"], figures["unsafe"],
    ];

    private static Option<string> Choice(string name, string says, string normally, params string[] values)
    {
        var option = new Option<string>(name) { Description = $"{says} One of {string.Join(", ", values)}; default {normally}.", DefaultValueFactory = _ => normally };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<double> Share(string name, string says, double normally)
    {
        var option = new Option<double>(name) { Description = says + " 0 to 1.", DefaultValueFactory = _ => normally };
        option.Validators.Add(given => { if (given.GetValueOrDefault<double>() is < 0 or > 1) given.AddError($"{name} is 0 to 1."); });
        return option;
    }
}
