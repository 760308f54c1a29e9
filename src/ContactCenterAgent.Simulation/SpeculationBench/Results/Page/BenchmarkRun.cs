using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.SpeculationBench.Results.Page;

/// <summary>A run that the page tells of.</summary>
/// <param name="Role">What it is there for.</param>
/// <param name="Profile"><c>cloud</c>, <c>edge</c> or <c>embedded</c>.</param>
/// <param name="Title">Heading; of an ablation, what was off or changed.</param>
/// <param name="Command">That made it.</param>
/// <param name="Summary">Its <see cref="Results.Summary"/>.</param>
/// <param name="Tables">Its <see cref="ResultTables"/> or others, in Markdown; empty for none.</param>
internal sealed record BenchmarkRun(RunRole Role, string Profile, string Title, string Command, JsonObject Summary, string Tables = "");

/// <summary>What a run is there for.</summary>
internal enum RunRole
{
    /// <summary>The whole system, fluent speech, no widened reads.</summary>
    Main,

    /// <summary>Every policy closes after the baseline silence.</summary>
    SameEndpointing,

    /// <summary>Disfluent, paused and unstable speech.</summary>
    Disfluent,

    /// <summary>With widened reads.</summary>
    Widened,

    /// <summary>One thing is off or changed.</summary>
    Ablation,

    /// <summary>Composed tasks of several calls.</summary>
    Composed,

    /// <summary>Another data set or shape of task: its tables only.</summary>
    Other,
}

/// <summary>A plot beside the page.</summary>
/// <param name="File">Relative to the page.</param>
/// <param name="Says">What it shows, for those who do not see it.</param>
internal sealed record BenchmarkPlot(string File, string Says);
