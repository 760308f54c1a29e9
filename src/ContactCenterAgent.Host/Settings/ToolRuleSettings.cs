using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Host.Settings;

/// <summary>What the operator says of one imported tool.</summary>
public sealed class ToolRuleSettings
{
    /// <summary>Which tool, by the source's name or by ours.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string Tool { get; set; } = "";

    /// <summary>Whether it is taken at all.</summary>
    /// <value>Default <c>true</c>.</value>
    public bool Include { get; set; } = true;

    /// <summary>What running it does. An imported tool has no release, so it cannot be a <c>Reserve</c>.</summary>
    /// <value><c>Read</c>, <c>Disclose</c>, <c>Write</c>, <c>Irreversible</c>. Default: as the source says, else <c>Write</c>.</value>
    [AllowedValues(null, ToolEffect.Read, ToolEffect.Disclose, ToolEffect.Write, ToolEffect.Irreversible)]
    public ToolEffect? Effect { get; set; }

    /// <summary>What must happen before its effect goes out.</summary>
    /// <value><c>OnRequest</c> or <c>OnYes</c>. Default: a yes for what cannot be undone, else the request.</value>
    [EnumDataType(typeof(Authorisation))]
    public Authorisation? Authorisation { get; set; }

    /// <summary>What callers say who want it, with parameters in braces, for the embedded planner.</summary>
    [MaxLength(100)]
    public string[] Examples { get; set; } = [];

    /// <summary>The level a caller must have before it is run.</summary>
    [EnumDataType(typeof(AssuranceLevel))]
    public AssuranceLevel Requires { get; set; }

    /// <summary>The level a caller must have before its result is spoken or shown.</summary>
    [EnumDataType(typeof(AssuranceLevel))]
    public AssuranceLevel Discloses { get; set; }

    /// <summary>The parameter that says whose things these are.</summary>
    [StringLength(100)]
    public string? Subject { get; set; }

    /// <summary>What a read finds, for the ids that other tools need.</summary>
    public FindsSettings? Finds { get; set; }

    /// <summary>The level that a good result of this read gives the caller.</summary>
    public GrantsSettings? Grants { get; set; }

    /// <summary>What its parameters mean, where the schema does not say it.</summary>
    [MaxLength(100)]
    public ParameterRuleSettings[] Parameters { get; set; } = [];

    /// <summary>How results are spoken.</summary>
    public PhraseSettings Phrases { get; set; } = new();

    /// <summary>How long one call may take.</summary>
    /// <value>100 ms to 2 min. Default 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How old a read's result may be and still answer an equal call.</summary>
    /// <value>0 to 24 h. Default 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The parameter or header that takes an effect's key; the back end must do nothing for a key that it has seen.</summary>
    /// <value>Like <c>Idempotency-Key</c>. Default: none.</value>
    [StringLength(100)]
    public string? Key { get; set; }

    /// <summary>The read that says what became of a key. Without it an outcome that nobody knows goes to a person.</summary>
    public LookUpSettings? LookUp { get; set; }
}

/// <summary>What a read finds.</summary>
public sealed class FindsSettings
{
    /// <summary>The kind of thing: <c>customer</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Entity { get; set; } = "";

    /// <summary>The field of a row that is its id.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string IdField { get; set; } = "id";
}

/// <summary>The level that a read gives.</summary>
public sealed class GrantsSettings
{
    /// <summary>The level.</summary>
    [EnumDataType(typeof(AssuranceLevel))]
    public AssuranceLevel Level { get; set; } = AssuranceLevel.Identified;

    /// <summary>A field of the only row that says so.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Field { get; set; } = "";

    /// <summary>What that field then holds.</summary>
    [StringLength(200)]
    public string Value { get; set; } = "";

    /// <summary>The field that names the person.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string SubjectField { get; set; } = "id";
}

/// <summary>What a parameter means.</summary>
public sealed class ParameterRuleSettings
{
    /// <summary>Which one, by the source's name or by ours.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>Whether an optional one is there at all.</summary>
    /// <value>Default <c>true</c>.</value>
    public bool Include { get; set; } = true;

    /// <summary>Its meaning.</summary>
    /// <value>A name of <see cref="ParameterType"/>. Default: by the schema.</value>
    [EnumDataType(typeof(ParameterType))]
    public ParameterType? Type { get; set; }

    /// <summary>The question that asks for it.</summary>
    [StringLength(200)]
    public string? Ask { get; set; }

    /// <summary>The kind of thing that it names.</summary>
    [StringLength(100)]
    public string? Entity { get; set; }

    /// <summary>The field of the found row that fills it.</summary>
    [StringLength(100)]
    public string? EntityField { get; set; }

    /// <summary>A regular expression over a reference.</summary>
    [RegularExpressionText]
    public string? Pattern { get; set; }

    /// <summary>Sent with every call, by the source's form; nobody says it.</summary>
    [StringLength(1_000)]
    public string? Fixed { get; set; }
}

/// <summary>The phrases of a tool; fields of arguments and of the first row stand in braces.</summary>
public sealed class PhraseSettings
{
    /// <summary>The arguments as understood, before any result.</summary>
    [StringLength(300)]
    public string? Echo { get; set; }

    /// <summary>A result of one row.</summary>
    [StringLength(300)]
    public string? One { get; set; }

    /// <summary>A result of several rows.</summary>
    [StringLength(300)]
    public string? Many { get; set; }

    /// <summary>One row within <c>{rows}</c>.</summary>
    [StringLength(300)]
    public string? Row { get; set; }

    /// <summary>A complete result without rows.</summary>
    [StringLength(300)]
    public string? Nothing { get; set; }

    /// <summary>What would be done, before the yes.</summary>
    [StringLength(300)]
    public string? ReadBack { get; set; }

    /// <summary>What was done, said only when it was.</summary>
    [StringLength(300)]
    public string? Done { get; set; }

    /// <summary>Said when the back end refused.</summary>
    [StringLength(300)]
    public string? Refused { get; set; }
}

/// <summary>How the back end is asked what became of a key.</summary>
public sealed class LookUpSettings
{
    /// <summary>A read of the same source.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string Tool { get; set; } = "";

    /// <summary>Its parameter that takes the key.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Parameter { get; set; } = "";

    /// <summary>Finding nothing means that it never will be: the back end refuses a key that it was asked about.</summary>
    /// <value>Default <c>false</c>: then nobody knows.</value>
    public bool AbsentIsFinal { get; set; }
}

/// <summary>A regular expression that can be read.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegularExpressionTextAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value)
    {
        try
        {
            return value is null || new System.Text.RegularExpressions.Regex((string)value, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => "a regular expression";
}
