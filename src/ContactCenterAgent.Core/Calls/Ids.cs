namespace ContactCenterAgent.Core.Calls;

/// <summary>A caller's whole visit. The shell gives a UUID version 7 (RFC 9562 section 5.7), so ids sort by time.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct CallId(Guid Value)
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("n");

    /// <summary>Reads the form that <see cref="ToString"/> writes, or any other form of a UUID.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no UUID.</exception>
    public static CallId Parse(string text) => new(Guid.Parse(text));
}

/// <summary>One invocation of a tool within a call. Numbers count from 1 in the order in which the calls were planned.</summary>
/// <param name="Call">The call it belongs to.</param>
/// <param name="Number">1, 2, 3 ... within the call.</param>
public readonly record struct ToolCallId(CallId Call, int Number)
{
    /// <summary><c>call/number</c>.</summary>
    public override string ToString() => $"{Call}/{Number}";
}

/// <summary>The id of a hold, chosen by us before the hold is asked for, so that it can be released whatever came back.</summary>
/// <param name="Value"><c>call/number</c> of the tool call that placed it.</param>
public readonly record struct HoldId(string Value)
{
    /// <summary>The hold that a given tool call places.</summary>
    public static HoldId For(ToolCallId call) => new(call.ToString());

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One run of one planner. Counts up within a call; an answer of a generation that is no longer wanted is ignored by rule.</summary>
/// <param name="Value">1, 2, 3 ... within the call.</param>
public readonly record struct Generation(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"g{Value}";
}

/// <summary>One thing the agent says: the unit of playback, progress and barge-in.</summary>
/// <param name="Value">1, 2, 3 ... within the call.</param>
public readonly record struct PromptId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"p{Value}";
}

/// <summary>One change that the agent would make for the caller, with its whole life.</summary>
/// <param name="Value">1, 2, 3 ... within the call.</param>
public readonly record struct ProposalId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"proposal {Value}";
}
