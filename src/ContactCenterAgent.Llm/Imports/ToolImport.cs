using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>What the operator says of an imported tool; it wins over whatever its source says.</summary>
public sealed record ImportRule
{
    /// <summary>What running it does; null = as its source says. <see cref="ToolEffect.Reserve"/> is refused: an imported tool has no release.</summary>
    public ToolEffect? Effect { get; init; }

    /// <summary>Whether it is imported at all. Default: yes.</summary>
    public bool Include { get; init; } = true;

    /// <summary>What a caller says who wants it, with parameters in braces. Without examples the embedded planner calls it for no wish of its own; a model may.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>The level a caller must have before it is run.</summary>
    public AssuranceLevel Requires { get; init; }

    /// <summary>The level a caller must have before its result is spoken or shown.</summary>
    public AssuranceLevel Discloses { get; init; }

    /// <summary>What parameters mean, by our name of them; others are read from the schema.</summary>
    public ImmutableSortedDictionary<string, ParameterType> Types { get; init; } = ImmutableSortedDictionary<string, ParameterType>.Empty;

    /// <summary>How results are spoken.</summary>
    public ToolPhrases Phrases { get; init; } = ToolPhrases.None;

    /// <summary>How long one call may take. Default 8 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(8);
}

/// <summary>How tools are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>The source's name: the back end that its calls count against, and the prefix of names that are taken.</summary>
    public required string Source { get; init; }

    /// <summary>The operator's table, by our name of the tool or by the source's.</summary>
    public ImmutableSortedDictionary<string, ImportRule> Rules { get; init; } = ImmutableSortedDictionary<string, ImportRule>.Empty;

    /// <summary>Names that are taken already.</summary>
    public ImmutableHashSet<string> Taken { get; init; } = [];

    /// <summary>
    /// Whether what the source says of its own tools' effects is believed. Default: yes, as the operator has named the source. No: all are <see cref="ToolEffect.Write"/> but for the table.
    /// </summary>
    public bool Trusted { get; init; } = true;

    /// <summary>Characters of a result; a longer one is cut and marked as truncated. Default 65,536.</summary>
    public int ResultCharacters { get; init; } = 65_536;
}

/// <summary>What came of an import.</summary>
/// <param name="Tools">The tools that can be used.</param>
/// <param name="Refused">The tools that cannot, with the reason in a sentence for the operator.</param>
public sealed record ToolImport(ImmutableArray<Tool> Tools, ImmutableArray<RefusedTool> Refused);

/// <summary>A tool that cannot be used.</summary>
/// <param name="Name">The source's name of it.</param>
/// <param name="Reason">A sentence for the operator.</param>
public sealed record RefusedTool(string Name, string Reason);
