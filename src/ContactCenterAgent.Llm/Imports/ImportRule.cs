using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>What the operator says of an imported tool; it wins over whatever its source says.</summary>
public sealed record ImportRule
{
    /// <summary>What running it does; null = as its source says. <see cref="ToolEffect.Reserve"/> is refused: an imported tool has no release.</summary>
    public ToolEffect? Effect { get; init; }

    /// <summary>What must happen before its effect is dispatched; null = a yes for what cannot be undone, else the request.</summary>
    public Authorisation? Authorisation { get; init; }

    /// <summary>Whether it is imported at all. Default: yes.</summary>
    public bool Include { get; init; } = true;

    /// <summary>What a caller says who wants it, with parameters in braces. Without examples the embedded planner calls it for no wish of its own; a model may.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>The level a caller must have before it is run.</summary>
    public AssuranceLevel Requires { get; init; }

    /// <summary>The level a caller must have before its result is spoken or shown.</summary>
    public AssuranceLevel Discloses { get; init; }

    /// <summary>The parameter that says whose things these are; null = nobody's in particular.</summary>
    public string? Subject { get; init; }

    /// <summary>What a read finds, so that it fills other tools' ids; null = nothing that others need.</summary>
    public EntitySource? Finds { get; init; }

    /// <summary>The level that a good result of this read gives the caller; null = none.</summary>
    public AssuranceGrant? Grants { get; init; }

    /// <summary>What parameters mean, by our name of them; what is not said is read from the schema.</summary>
    public ImmutableSortedDictionary<string, ParameterRule> Parameters { get; init; } = ImmutableSortedDictionary<string, ParameterRule>.Empty;

    /// <summary>How results are spoken.</summary>
    public ToolPhrases Phrases { get; init; } = ToolPhrases.None;

    /// <summary>How long one call may take. Default 8 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How old a read's result may be and still answer an equal call. Default 60 s.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The source's parameter that takes the effect's key, such as <c>Idempotency-Key</c>; an OpenAPI source gets one that it does not declare as a header. The back end must do nothing for a
    /// key that it has seen. Null: it gets no key.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>How the back end is asked what became of a key, after an outcome that nobody knows; null = a person gets it.</summary>
    public ImportedLookUp? LookUp { get; init; }
}

/// <summary>What the operator says of a parameter.</summary>
public sealed record ParameterRule
{
    /// <summary>Its meaning; null = by the schema.</summary>
    public ParameterType? Type { get; init; }

    /// <summary>The question that asks for it; null = one made of its name.</summary>
    public string? Ask { get; init; }

    /// <summary>The kind of thing that it names; null = by its name, <c>customer_id</c> is a customer's.</summary>
    public string? Entity { get; init; }

    /// <summary>The field of the found row that fills it; null = the thing's id.</summary>
    public string? EntityField { get; init; }

    /// <summary>A regular expression over a reference's canonical value.</summary>
    public string? Pattern { get; init; }

    /// <summary>Sent with every call as it stands, by the source's form; the parameter is nobody's to say. Null: the caller says it.</summary>
    public string? Fixed { get; init; }

    /// <summary>Whether an optional parameter is there at all. Default: yes.</summary>
    public bool Include { get; init; } = true;
}

/// <summary>A read of the same source that finds an effect by its key.</summary>
/// <param name="Tool">The source's name of the read; it need not be imported itself.</param>
/// <param name="Parameter">The read's parameter that takes the key, by the source's name.</param>
/// <param name="AbsentIsFinal">
/// Finding nothing means that the effect never was and never will be: the back end refuses a key that it was asked about. False: it may still be on its way, so nobody knows.
/// </param>
public sealed record ImportedLookUp(string Tool, string Parameter, bool AbsentIsFinal);
