using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Composed;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Results.Plots;

namespace ContactCenterAgent.Simulation.SpeculationBench;

/// <summary>Runs <c>bench speculation</c> and writes what came of it to a folder: the same options give the same bytes.</summary>
public static class SpeculationReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs every planner asked for, and writes <c>summary.json</c>, <c>turns.jsonl</c>, <c>tables.md</c> and the plots.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="folder">Is made where it is not there.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>The summary: planner, policy, figures.</returns>
    /// <exception cref="InvalidDataException">The data is of another form; the message names file and place.</exception>
    public static JsonObject Run(SpeculationOptions options, string folder, Action<double> progress)
    {
        var planners = options.Composed is { } count ? Compose(options, count, progress) : Measure(options, Recording.Read(options.Data), progress);
        Directory.CreateDirectory(folder);
        var summary = Summary.Of(planners);
        File.WriteAllText(Path.Combine(folder, "summary.json"), summary.ToJsonString(Indented) + "\n");
        using (var lines = File.Create(Path.Combine(folder, "turns.jsonl"))) TurnLines.Write(planners, lines);
        File.WriteAllText(Path.Combine(folder, "tables.md"), ResultTables.Of(planners, (ulong)options.Seed));
        foreach (var (name, svg) in Plots(planners)) File.WriteAllText(Path.Combine(folder, name), svg, Encoding.UTF8);
        return summary;
    }

    internal static List<PlannerFigures> Measure(SpeculationOptions options, Recording recording, Action<double> progress)
    {
        var bench = new SpeculationBenchmark(options, recording);
        var planners = new List<PlannerFigures>();
        var dialogues = Math.Min(options.Dialogues ?? int.MaxValue, recording.Dialogues.Length);
        foreach (var (i, planner) in options.Planners.Index())
            planners.Add(bench.Run(planner, played => progress((i + ((double)played / dialogues)) / options.Planners.Length)));

        return planners;
    }

    internal static List<PlannerFigures> Compose(SpeculationOptions options, int count, Action<double> progress)
    {
        if (options.Profile == BenchProfile.Embedded) throw new ArgumentException("The answers of composed tasks are worded by a model: the embedded profile has none.", nameof(options));
        var setup = new PolicySetup(options);
        var bench = new ComposedBenchmark(setup.Product(PolicyNames.Ours, ComposedTools.Reads), setup.Times, options.Speech, options.Seed);
        var figures = new List<PlannerFigures>();
        foreach (var shape in Enum.GetValues<TaskShape>())
        {
            figures.Add(bench.Run(shape, count));
            progress((double)figures.Count / Enum.GetValues<TaskShape>().Length);
        }

        return figures;
    }

    internal static IEnumerable<(string File, string Svg)> Plots(IEnumerable<PlannerFigures> planners)
    {
        foreach (var figures in planners)
        {
            var name = figures.Planner;
            yield return ($"latency-{name}.svg", LatencyCdf.Of($"Response latency of turns with a tool ({name} planner)", figures, t => t.Kind != TurnKind.None));
            yield return ($"saving-{name}.svg", SavingScatter.Of($"Saving against head start ({name} planner)", figures, [PolicyNames.Ours, PolicyNames.SiaDraft]));
            if (Shown(figures) is { IsEmpty: false } turn) yield return ($"waterfall-{name}.svg", Waterfall.Of($"One turn under each policy ({name} planner)", turn));
        }
    }

    // The turn with the median head start among the reads that every policy answered.
    private static ImmutableArray<TurnFigure> Shown(PlannerFigures figures)
    {
        var policies = figures.Names.Select(n => figures[n]).ToList();
        var reads = figures[PolicyNames.Ours].Turns.Where(t => t is { Kind: TurnKind.Read, HeadStartMs: > 0 } && policies.TrueForAll(p => p.Same(t)?.LatencyMs is not null))
            .OrderBy(t => t.HeadStartMs).ThenBy(t => t.Dialogue, StringComparer.Ordinal).ToList();
        return reads.Count == 0 ? [] : [.. policies.Select(p => p.Same(reads[reads.Count / 2])!)];
    }
}
