using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Tools;

/// <summary>All that the core, the planner and the voice know of a tool. The function itself lives at the edge, paired with this by the runtime.</summary>
public sealed record ToolDescriptor
{
    /// <summary>Snake case, unique among the call's tools: <c>find_slots</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for a model and for the console.</summary>
    public string Description { get; init; } = "";

    /// <summary>What running it does. Default: <see cref="ToolEffect.Write"/>.</summary>
    public ToolEffect Effect { get; init; } = ToolEffect.Write;

    /// <summary>What must happen before its effect is dispatched. Default: <see cref="Authorisation.OnYes"/> for reservations and what cannot be undone, else on request.</summary>
    public Authorisation Authorisation
    {
        get => _authorisation ?? (Effect is ToolEffect.Reserve or ToolEffect.Irreversible ? Authorisation.OnYes : Authorisation.OnRequest);
        init => _authorisation = value;
    }

    private readonly Authorisation? _authorisation;

    /// <summary>Parameters in the order in which they are asked for.</summary>
    public ImmutableArray<ToolParameter> Parameters { get; init; } = [];

    /// <summary>
    /// What a caller says who wants this, with parameters in braces: <c>"move my appointment to {date}"</c>. A tool without examples is never
    /// the answer to a wish by itself; it is called where another tool needs what it finds.
    /// </summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>The level a caller must have before the tool is run at all.</summary>
    public AssuranceLevel Requires { get; init; }

    /// <summary>The level a caller must have before the result is spoken, shown or put before a model; below it the result stays sealed.</summary>
    public AssuranceLevel Discloses { get; init; }

    /// <summary>The parameter that says whose things these are; <see cref="Requires"/> and <see cref="Discloses"/> are about that person. Null: about nobody in particular.</summary>
    public string? Subject { get; init; }

    /// <summary>The level that a good result of this read gives the caller. Null: none.</summary>
    public AssuranceGrant? Grants { get; init; }

    /// <summary>What kind of thing this read finds, and which field of a row is its id; other tools' <see cref="ParameterType.EntityId"/> parameters are filled from it.</summary>
    public EntitySource? Finds { get; init; }

    /// <summary>How old a result may be and still answer an equal call. Default: 60 s. Zero: never reused.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one call may take before it is given up. Default: 8 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The back end whose budget the call counts against. Default: the tool's own name.</summary>
    public string BackEnd { get => _backEnd ?? Name; init => _backEnd = value; }

    private readonly string? _backEnd;

    /// <summary>What a read may leave open while the caller is still speaking. Null: nothing.</summary>
    public Widening? Widens { get; init; }

    /// <summary>The terms of the hold (a <see cref="ToolEffect.Reserve"/> only).</summary>
    public HoldTerms? Hold { get; init; }

    /// <summary>Whether the back end can say what became of a key (<see cref="ToolOperation.LookUp"/>). Without it an unknown outcome goes to a person.</summary>
    public bool CanLookUp { get; init; }

    /// <summary>How results are spoken.</summary>
    public ToolPhrases Phrases { get; init; } = ToolPhrases.None;

    /// <summary>The parameter of a name.</summary>
    public ToolParameter? Parameter(string name)
    {
        foreach (var p in Parameters) if (p.Name == name) return p;
        return null;
    }

    /// <summary>A reservation, a write or something that cannot be undone: it becomes a proposal, never a call by itself.</summary>
    public bool IsEffect => Effect is ToolEffect.Write or ToolEffect.Reserve or ToolEffect.Irreversible;
}

/// <summary>One argument that a tool takes.</summary>
public sealed record ToolParameter
{
    /// <summary>Snake case: <c>date_of_birth</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it means.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>Whether the tool can run without it. Default: required.</summary>
    public bool Required { get; init; } = true;

    /// <summary>One line for a model.</summary>
    public string Description { get; init; } = "";

    /// <summary>Canonical value when nothing was said. It counts as said for identity.</summary>
    public string? Default { get; init; }

    /// <summary>The values of a <see cref="ParameterType.Choice"/>, with other words for each.</summary>
    public ImmutableArray<ChoiceValue> Values { get; init; } = [];

    /// <summary>The kind of thing a <see cref="ParameterType.EntityId"/> names; a tool that <see cref="ToolDescriptor.Finds"/> it supplies the id.</summary>
    public string? Entity { get; init; }

    /// <summary>
    /// The field of the found row that supplies this argument; null = the entity's id field. Lets one read fill several parameters
    /// (a slot's <c>start</c> and <c>provider</c>).
    /// </summary>
    public string? EntityField { get; init; }

    /// <summary>A regular expression over the canonical value (a <see cref="ParameterType.Reference"/>'s form: <c>[A-Z]{2}\d{5}</c>).</summary>
    public string? Pattern { get; init; }

    /// <summary>The question that asks for it: <c>"What day would suit you?"</c>. Null: it is never asked for.</summary>
    public string? Ask { get; init; }
}

/// <summary>A value of a choice.</summary>
/// <param name="Value">Canonical, as the tool takes it.</param>
/// <param name="Words">Other words for it, lower case; the value's own words always count.</param>
public sealed record ChoiceValue(string Value, ImmutableArray<string> Words)
{
    /// <summary>A value with other words for it.</summary>
    public static ChoiceValue Of(string value, params string[] words) => new(value, [.. words]);
}

/// <summary>What a read finds.</summary>
/// <param name="Entity">The kind of thing, <c>customer</c>.</param>
/// <param name="IdField">The field of a row that is its id, <c>customer_id</c>.</param>
public sealed record EntitySource(string Entity, string IdField);

/// <summary>The level that a good result gives.</summary>
/// <param name="Level">The level given.</param>
/// <param name="Field">A field of the only row that says so.</param>
/// <param name="Value">What that field then holds.</param>
/// <param name="SubjectField">The field that names the person.</param>
public sealed record AssuranceGrant(AssuranceLevel Level, string Field, string Value, string SubjectField);

/// <summary>What a read may leave open: it starts on the first argument and its rows are narrowed locally when the rest is heard.</summary>
/// <param name="Open">Parameters that may be missing, each with the field of a row that it is compared with.</param>
/// <param name="MaxRows">Rows that a widened read asks for at most; a truncated result is never narrowed into "nothing".</param>
/// <param name="MaxAge">How long the widened set serves.</param>
public sealed record Widening(ImmutableSortedDictionary<string, string> Open, int MaxRows, TimeSpan MaxAge);

/// <summary>The terms of a hold.</summary>
/// <param name="TimeToLive">After this the back end frees it by itself.</param>
/// <param name="ExclusiveGroup">Open at most one hold of this group a call.</param>
/// <param name="Unverified">The time to live while the caller is not verified.</param>
public sealed record HoldTerms(TimeSpan TimeToLive, string ExclusiveGroup, TimeSpan Unverified)
{
    /// <summary>No confirm in the last seconds of a hold's life: renew first. 5 s.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Phrases with fields in braces. A field is an argument or a field of the first row; values are spoken by their form (a date, a time, a
/// number). <c>{rows}</c> is up to three rows by <see cref="Row"/>, <c>{count}</c> their number. Null: the tool has no such phrase.
/// </summary>
public sealed record ToolPhrases
{
    /// <summary>No phrases at all.</summary>
    public static readonly ToolPhrases None = new();

    /// <summary>The arguments as understood, said before any result: <c>"{date} {time} with {provider}"</c>. A field that is absent drops out with the words that lead to it; see <see cref="Turns.Phrasing"/>.</summary>
    public string? Echo { get; init; }

    /// <summary>A result of exactly one row, or of an object.</summary>
    public string? One { get; init; }

    /// <summary>A result of several rows.</summary>
    public string? Many { get; init; }

    /// <summary>One row within <c>{rows}</c>.</summary>
    public string? Row { get; init; }

    /// <summary>A complete result without rows.</summary>
    public string? Nothing { get; init; }

    /// <summary>What would be done, before the yes: <c>"an eye test on {start} with {provider}"</c>. The agent asks "Shall I?" itself.</summary>
    public string? ReadBack { get; init; }

    /// <summary>The claim, said only from a ledger entry that is effective: <c>"Booked: ..."</c>.</summary>
    public string? Done { get; init; }

    /// <summary>Said when the back end refused: the slot was taken, the order has shipped.</summary>
    public string? Refused { get; init; }
}
