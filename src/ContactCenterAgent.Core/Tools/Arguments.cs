using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Tools;

/// <summary>The value of an argument: known now, or a field of another planned call's first row.</summary>
public abstract record ArgumentValue
{
    private ArgumentValue() { }

    /// <summary>A value in its type's canonical form.</summary>
    public sealed record Known(string Canonical) : ArgumentValue
    {
        /// <summary>A known value is personal until shown otherwise.</summary>
        public override string ToString() => "[redacted]";
    }

    /// <summary>A field of the first row that the plan's call of that label finds.</summary>
    /// <param name="Label">The referred call's <see cref="PlannedCall.Label"/>.</param>
    /// <param name="Field">A field of its first row.</param>
    public sealed record From(string Label, string Field) : ArgumentValue;
}

/// <summary>A call that a planner wants open.</summary>
public sealed record PlannedCall
{
    /// <summary>The planner's own name for it within this plan; references use it.</summary>
    public required string Label { get; init; }

    /// <summary>The wish it serves: stable across the plans of a call (<c>"book_appointment"</c>, <c>"book_appointment#2"</c>).</summary>
    public required string Task { get; init; }

    /// <summary>The tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>Arguments by parameter name. A required parameter may be absent only where the read is widened over it.</summary>
    public ImmutableSortedDictionary<string, ArgumentValue> Arguments { get; init; } = ImmutableSortedDictionary<string, ArgumentValue>.Empty;

    /// <summary>Indices into the turn's words that the arguments and the choice of tool rest on. Empty: on nothing said in this turn.</summary>
    public ImmutableArray<int> Evidence { get; init; } = [];

    /// <summary>The words ask for this effect unmistakably (an imperative or a plain wish; no doubt, condition or question).</summary>
    public bool Requested { get; init; }

    /// <summary>The caller plainly asks for another one of the same ("another table for four, the same again").</summary>
    public bool Another { get; init; }

    /// <summary>The words ask for a new look ("again", "still", "now"): a cached result will not do.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether this call's result is what the caller asked for, rather than a step towards it: its phrases answer the turn.</summary>
    public bool Answers { get; init; }

    /// <summary>Whether another plan's call asks the same tool for the same.</summary>
    public bool IsLike(PlannedCall other) =>
        Tool == other.Tool && Arguments.Count == other.Arguments.Count
        && Arguments.All(argument => other.Arguments.TryGetValue(argument.Key, out var value) && IsLike(argument.Value, value));

    // Labels are each planner's own.
    private static bool IsLike(ArgumentValue value, ArgumentValue other) =>
        value is ArgumentValue.From from ? other is ArgumentValue.From too && from.Field == too.Field : value == other;
}
