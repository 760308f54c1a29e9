using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>How tools are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>The source's name: the back end that its calls count against, and the prefix of names that are taken.</summary>
    public required string Source { get; init; }

    /// <summary>The operator's table, by our name of the tool or by the source's.</summary>
    public ImmutableSortedDictionary<string, ImportRule> Rules { get; init; } = ImmutableSortedDictionary<string, ImportRule>.Empty;

    /// <summary>The tools that are taken, by our name or by the source's; empty = all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Stands before every tool's name; null = the source's name, and only before names that are taken.</summary>
    public string? Prefix { get; init; }

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
public sealed record ToolImport(ImmutableArray<Tool> Tools, ImmutableArray<RefusedTool> Refused)
{
    /// <summary>All tools of the source, by its own names.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Names that the operator's table or list has and the source has not.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];
}

/// <summary>A tool that cannot be used.</summary>
/// <param name="Name">The source's name of it.</param>
/// <param name="Reason">A sentence for the operator.</param>
/// <param name="Named">The operator has named it: it was meant to be there.</param>
public sealed record RefusedTool(string Name, string Reason, bool Named);
