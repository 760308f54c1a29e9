using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Abstractions;

/// <summary>A tool at the edge: what the core knows of it, and the functions that do it.</summary>
/// <remarks>
/// Arguments reach a function under the parameters' names as canonical strings (a JSON array never; an absent optional one is absent).
/// In <see cref="AIFunctionArguments.Context"/> stand, under the names of <see cref="ToolContext"/>, what is not the caller's: key, hold, time to live,
/// row limit, and for local effects the connection and transaction that the outcome will be saved in.
/// A function returns an object, an array of objects or <c>{"rows":[...],"truncated":bool}</c> (see <see cref="ToolResult"/>), or throws <see cref="ToolRefusedException"/>
/// for its own no, or <see cref="ArgumentException"/> with a parameter's name for an argument it cannot take. It is thread-safe: calls of many callers run at once.
/// </remarks>
/// <param name="Descriptor">What the core knows.</param>
/// <param name="Invoke">The read, the write, or what places a hold.</param>
public sealed record Tool(ToolDescriptor Descriptor, AIFunction Invoke)
{
    /// <summary>Confirms a hold (a <see cref="ToolEffect.Reserve"/> only).</summary>
    public AIFunction? Confirm { get; init; }

    /// <summary>
    /// Gives a hold back by our id (a <see cref="ToolEffect.Reserve"/> only). Idempotent: an unknown id is remembered, so that a placing that arrives late is refused;
    /// returns <c>{"expired":true}</c> where the hold had run out.
    /// </summary>
    public AIFunction? Release { get; init; }

    /// <summary>
    /// Says what became of a key: <c>{"state":"done", ...the effect's result}</c>, <c>{"state":"absent"}</c> (and it will stay absent) or <c>{"state":"unknown"}</c>.
    /// </summary>
    public AIFunction? LookUp { get; init; }

    /// <summary>
    /// The effect runs inside the ledger's own transaction on the same database (<see cref="ToolContext.Connection"/>): effect and outcome are one commit.
    /// False: a remote tool, with an intent transaction, the call, and an outcome transaction.
    /// </summary>
    public bool Local { get; init; }
}

/// <summary>Names under which the runtime passes what is not the caller's, in <see cref="AIFunctionArguments.Context"/>.</summary>
public static class ToolContext
{
    /// <summary><see cref="string"/>: the effect's key.</summary>
    public const string Key = "contactcenter.key";

    /// <summary><see cref="string"/>: the hold's id.</summary>
    public const string Hold = "contactcenter.hold";

    /// <summary><see cref="TimeSpan"/>: time to live of the hold to place.</summary>
    public const string TimeToLive = "contactcenter.time_to_live";

    /// <summary><see cref="int"/>: row limit of a widened read.</summary>
    public const string MaxRows = "contactcenter.max_rows";

    /// <summary><see cref="System.Data.Common.DbConnection"/> of a local effect: open, owned by the ledger.</summary>
    public const string Connection = "contactcenter.connection";

    /// <summary><see cref="System.Data.Common.DbTransaction"/> of a local effect: committed by the ledger with the outcome.</summary>
    public const string Transaction = "contactcenter.transaction";
}

/// <summary>A tool's own no. Nothing was changed.</summary>
/// <param name="reason">Snake case, no personal data: <c>slot_taken</c>.</param>
public sealed class ToolRefusedException(string reason) : Exception($"The tool refused: {reason}.")
{
    /// <summary>Snake case, no personal data.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The back end cannot be reached or is busy; nothing was changed.</summary>
public sealed class ToolUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
