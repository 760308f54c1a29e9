using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Page;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;
using ContactCenterAgent.Simulation.SpeculationBench.Wall;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>All the runs that <c>docs/benchmarks.md</c> tells of, and the page itself.</summary>
public static class SpeculationSuite
{
    private const int ComposedTasks = 420;

    private static readonly int[] Closes = [300, 400, 500, 600, 700, 900];

    private sealed record Run(RunRole Role, string Title, string Arguments, SpeculationOptions Options);

    /// <summary>Runs everything and writes the page with its plots beside it.</summary>
    /// <param name="data">A folder with dialogues and services.</param>
    /// <param name="page">The page's file; plots go into a folder <c>benchmarks</c> beside it.</param>
    /// <param name="seed">Of every run.</param>
    /// <param name="progress">Told what runs, and the share that is done, 0 to 1.</param>
    public static void Write(string data, string page, long seed, Action<string, double> progress)
    {
        var recording = Recording.Read(data);
        var runs = Runs(data, seed);
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, "benchmarks");
        Directory.CreateDirectory(folder);
        var told = new List<BenchmarkRun>();
        var plots = new List<BenchmarkPlot>();
        foreach (var (i, run) in runs.Index())
        {
            void Told(double share) => progress(run.Title, (i + share) / (runs.Count + 1));
            var planners = run.Options.Composed is { } count ? SpeculationReport.Compose(run.Options, count, Told) : SpeculationReport.Measure(run.Options, recording, Told);
            var isFirst = i == 0;
            told.Add(new(run.Role, run.Options.Profile.ToString().ToLowerInvariant(), run.Title, Command(run), Summary.Of(planners), isFirst ? ResultTables.Of(planners, (ulong)seed) : ""));
            if (!isFirst) continue;
            foreach (var (file, svg) in SpeculationReport.Plots(planners))
            {
                File.WriteAllText(Path.Combine(folder, file), svg);
                plots.Add(new("benchmarks/" + file, Says(file)));
            }
        }

        var closes = Closing(data, recording, seed, share => progress("close curve", (runs.Count + share) / (runs.Count + 1)));
        File.WriteAllText(Path.Combine(folder, "closes.svg"), CloseCurve.Of("False closes against response latency, pauses at 0.3 of the usual places (gold planner)", closes));
        plots.Add(new("benchmarks/closes.svg", "False closes against latency, one line a policy, callers who pause"));
        File.WriteAllText(page, BenchmarkPage.Of(told, plots, closes, Runway(recording), WallTables.Read(folder)));
    }

    private static string Command(Run run) =>
        $"dotnet run -c Release --project src/ContactCenterAgent.Host -- bench speculation{(run.Options.Composed is null ? " --data shared/data/sgd-calls" : "")} --out FOLDER{run.Arguments}";

    // What work under the agent's own speech could start before the caller speaks.
    private static (int Early, int All) Runway(Recording recording)
    {
        var reads = recording.Dialogues.SelectMany(d => d.Turns).SelectMany(t => t.Calls).Where(c => !c.IsWrite).ToList();
        return (reads.Count(c => c.ReadyTurn < c.AfterTurn), reads.Count);
    }

    private static List<Run> Runs(string data, long seed)
    {
        var both = new SpeculationOptions { Data = data, Seed = seed };
        var gold = both with { Planners = [BenchPlanner.Gold] };
        var same = TimeSpan.FromMilliseconds(700);
        List<Run> runs =
        [
            new(RunRole.Main, "Cloud", "", both),
            new(RunRole.Main, "Edge", " --profile edge", both with { Profile = BenchProfile.Edge }),
            new(RunRole.Main, "Embedded", " --profile embedded", both with { Profile = BenchProfile.Embedded }),
            new(RunRole.SameEndpointing, "Same endpointing, cloud", " --close 700", both with { Close = same }),
            new(RunRole.SameEndpointing, "Same endpointing, edge", " --close 700 --profile edge", both with { Close = same, Profile = BenchProfile.Edge }),
            new(RunRole.Disfluent, "Disfluent, corrected and misheard", " --disfluency 0.3 --unstable 0.1", both with { Disfluency = 0.3, Unstable = 0.1 }),
            new(RunRole.Other, "Drafts that the model corrects", " --planner verified", both with { Planners = [BenchPlanner.Verified] }),
            new(RunRole.Widened, "Widened reads", " --widen on --planner gold", gold with { Widen = true }),
            new(RunRole.Other, "Phrases and widened reads given to every policy", " --widen on --for-all --planner gold", gold with { Widen = true, ForAll = true }),
            new(RunRole.Other, "No reservations: every one of them is a plain write", " --no-reserve --planner gold", gold with { Reserve = false }),
            new(RunRole.Other, "Callers who pause", " --pauses 0.1 --planner gold", gold with { Pauses = 0.1 }),
            new(RunRole.Other, "Callers who pause a great deal", " --pauses 0.5 --planner gold", gold with { Pauses = 0.5 }),
            new(RunRole.Other, "Very disfluent", " --disfluency 0.6 --planner gold", gold with { Disfluency = 0.6 }),
            new(RunRole.Other, "Very unstable", " --unstable 0.5 --planner gold", gold with { Unstable = 0.5 }),
            .. ((double[])[0.9, 0.8, 0.6]).Select(q => new Run(
                RunRole.Other, FormattableString.Invariant($"Draft and model agree on {q:0.0} of the turns"), FormattableString.Invariant($" --agreement {q:0.0} --planner gold"), gold with { Agreement = q })),
            .. Enum.GetValues<BenchPart>().Select(part => new Run(
                RunRole.Ablation, "without " + Named(part), $" --without {part} --planner gold", gold with { Without = part, Policies = [PolicyNames.Ours] })),
            .. ((BenchProfile[])[BenchProfile.Cloud, BenchProfile.Edge]).Select(profile => new Run(
                RunRole.Composed, "composed tasks, here", $" --composed {ComposedTasks} --profile {profile.ToString().ToLowerInvariant()}", both with { Composed = ComposedTasks, Profile = profile })),
            new(RunRole.Composed, "composed tasks, disfluent", $" --composed {ComposedTasks} --disfluency 0.3 --unstable 0.1", both with { Composed = ComposedTasks, Disfluency = 0.3, Unstable = 0.1 }),
            new(RunRole.Ablation, "with hedged reads", " --hedge --planner gold", gold with { Hedge = true, Policies = [PolicyNames.Ours] }),
        ];
        return runs;
    }

    private static string Named(BenchPart part) => part switch
    {
        BenchPart.Drafts => "drafts on every partial",
        BenchPart.PlainYes => "the plain yes read by rule",
        BenchPart.Holds => "holds before the yes",
        BenchPart.Endpointing => "endpointing by the plan",
        BenchPart.ReplyDraft => "the reply prepared in the pause",
        BenchPart.PlainReplies => "plain replies before verification",
        _ => "phrases for plain results",
    };

    private static string Says(string file) => file.Split('-')[0] switch
    {
        "latency" => "Share of turns answered by a time after the caller's last word, one line a policy",
        "saving" => "Time saved against how long before the end the last argument was said",
        _ => "What each policy does when, in one turn",
    };

    // The same callers, who pause, under every silence that may close a turn; our own endpointing stands beside its fixed ones.
    private static List<ClosePoint> Closing(string data, Recording recording, long seed, Action<double> progress)
    {
        var points = new List<ClosePoint>();
        var options = new SpeculationOptions
        {
            Data = data,
            Seed = seed,
            Planners = [BenchPlanner.Gold],
            Pauses = 0.3,
            Policies = [PolicyNames.Parallel, PolicyNames.Preemptive, PolicyNames.Ours],
        };
        foreach (var (i, close) in Closes.Index())
        {
            Add(options with { Close = TimeSpan.FromMilliseconds(close) }, name => name == PolicyNames.Ours ? "ours, fixed silence" : name);
            progress((i + 1.0) / (Closes.Length + 1));
        }

        Add(options with { Policies = [PolicyNames.Ours] }, name => name == PolicyNames.Ours ? name : "");
        return points;

        void Add(SpeculationOptions run, Func<string, string> named)
        {
            var policies = (JsonObject)Summary.Of(SpeculationReport.Measure(run, recording, _ => { }))["gold"]!;
            foreach (var (name, figures) in policies)
            {
                if (name == PolicyNames.Oracle || named(name).Length == 0) continue;
                if (Goals.Number((JsonObject)figures!, "all", "p50_ms") is { } latency) points.Add(new(named(name), latency, Goals.Number((JsonObject)figures!, "false_closes") ?? 0));
            }
        }
    }
}
