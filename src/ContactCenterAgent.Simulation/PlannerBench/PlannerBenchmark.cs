using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>What <c>bench planner</c> is asked to score.</summary>
public sealed record PlannerBenchOptions
{
    /// <summary>A folder of the form of one of the developers' data sets.</summary>
    public required string Data { get; init; }

    /// <summary>Which part; null = the held-out part of the developers' own folders, else everything.</summary>
    public DataPart? Part { get; init; }

    /// <summary>A folder of weights made by <see cref="PlannerTraining"/>; null = learned now from the developers' data, where there is any.</summary>
    public string? Weights { get; init; }

    /// <summary>Use no labelled line at all. Default: no.</summary>
    public bool Untrained { get; init; }

    /// <summary>Services that nothing is learned from and that alone are scored; empty = none are left out.</summary>
    public IReadOnlyCollection<string> WithoutServices { get; init; } = [];

    /// <summary>How many people callers are told apart from: invented ones are added to the folder's records up to this number. Default: the records as they are.</summary>
    public int People { get; init; }

    /// <summary>The share of the labelled lines that is learned from, 0 to 1. Default: all.</summary>
    public double TrainingShare { get; init; } = 1;
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
        var figures = IdentifyBench.Fits(options.Data) ? IdentifyBench.Run(options.Data, part, options.People, time)
            : SlotBench.Fits(options.Data) ? SlotBench.Run(options.Data, part, Tagger(options), time)
            : CallDialogues.Fits(options.Data) ? Calls(options, part, time)
            : throw new InvalidDataException($"{options.Data}: no dialogues.jsonl with records.jsonl or services.json, and no utterances.jsonl");
        figures["data"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Data));
        figures["part"] = part.ToString();
        return figures;
    }

    /// <summary>Where services are left out, only they are scored, and nothing is learned from their dialogues.</summary>
    private static JsonObject Calls(PlannerBenchOptions options, DataPart part, TimeProvider time)
    {
        var only = options.WithoutServices.Count > 0 ? options.WithoutServices : null;
        if (options.Weights is { } weights) return CallBench.Run(options.Data, part, Planning.Learning.DialogueSlots.Load(weights), Array.Empty<string>().ToLookup(k => k), time, only);
        if (DeveloperData.Folder is not { } data || Path.Combine(data, "sgd-calls") is not { } folder || !CallDialogues.Fits(folder))
            throw new InvalidDataException("no shared/data/sgd-calls to learn from: set CONTACTCENTER_DATA or give weights");
        var learned = DeveloperData.IsOwn(options.Data) ? DataPart.Development : DataPart.All;
        var slots = CallBench.Train(folder, learned, options.WithoutServices, options.TrainingShare);
        return CallBench.Run(options.Data, part, slots, CallBench.Openings(folder, learned, options.WithoutServices), time, only);
    }

    /// <summary>Trained on what is not scored: the rest of the developers' folder when a part of it is scored, else all of it.</summary>
    private static Planning.Learning.SequenceTagger? Tagger(PlannerBenchOptions options)
    {
        if (options is { Weights: { } weights, Untrained: false }) return PlannerTraining.Tagger(weights);
        if (options.Untrained || DeveloperData.Folder is not { } data || Path.Combine(data, "restaurant8k") is not { } folder || !SlotBench.Fits(folder)) return null;
        return SlotBench.Train(folder, DeveloperData.IsOwn(options.Data) ? DataPart.Development : DataPart.All, options.TrainingShare);
    }
}
