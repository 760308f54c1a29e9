using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>What <c>bench planner</c> is asked to score.</summary>
public sealed record PlannerBenchOptions
{
    /// <summary>A folder of the form of one of the developers' data sets.</summary>
    public required string Data { get; init; }

    /// <summary>Which part; null = the held-out part of the developers' own folders, else everything.</summary>
    public DataPart? Part { get; init; }
}

/// <summary>Scores the embedded planner on a folder of data.</summary>
public static class PlannerBenchmark
{
    /// <summary>Finds out what form the folder has and scores it.</summary>
    /// <returns>Figures by name: <c>slot_f1</c>, <c>identify_top1</c>, <c>identify_wrong_accepted</c>, <c>call_exact</c>, <c>argument_f1</c>, <c>median_ms</c>, <c>p99_ms</c> and more.</returns>
    /// <exception cref="InvalidDataException">The folder has no known form, or a file is broken.</exception>
    public static JsonObject Run(PlannerBenchOptions options, TimeProvider time)
    {
        var part = options.Part ?? (DeveloperData.IsOwn(options.Data) ? DataPart.HeldOut : DataPart.All);
        var figures = IdentifyBench.Fits(options.Data) ? IdentifyBench.Run(options.Data, part, time)
            : throw new InvalidDataException($"{options.Data}: no dialogues.jsonl with records.jsonl or services.json, and no utterances.jsonl");
        figures["data"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Data));
        figures["part"] = part.ToString();
        return figures;
    }
}
