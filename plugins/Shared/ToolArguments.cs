using System.Data.Common;
using System.Text.Json;
using ContactCenterAgent.Abstractions;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>What a tool function was given: the caller's canonical arguments, and what the runtime put beside them.</summary>
internal readonly struct ToolArguments(AIFunctionArguments given)
{
    /// <summary>The ledger's connection, where the effect must run inside its transaction; null = the plugin opens its own.</summary>
    public DbConnection? Connection => Context(ToolContext.Connection) as DbConnection;

    /// <summary>The ledger's transaction on <see cref="Connection"/>.</summary>
    public DbTransaction? Transaction => Context(ToolContext.Transaction) as DbTransaction;

    /// <summary>The effect's key; null = nobody will look it up.</summary>
    public string? Key => Context(ToolContext.Key) as string;

    /// <summary>The hold to place, confirm or release.</summary>
    /// <exception cref="InvalidOperationException">There is none: the caller of the function forgot it.</exception>
    public string Hold => Context(ToolContext.Hold) as string ?? throw new InvalidOperationException($"The context lacks {ToolContext.Hold}.");

    /// <summary>How long the hold to place may live.</summary>
    public TimeSpan? TimeToLive => Context(ToolContext.TimeToLive) as TimeSpan?;

    /// <summary>Row limit of a widened read.</summary>
    public int? MaxRows => Context(ToolContext.MaxRows) as int?;

    /// <summary>An argument that may be absent.</summary>
    public string? Find(string name)
    {
        var text = given.TryGetValue(name, out var value)
            ? value switch
            {
                null or JsonElement { ValueKind: JsonValueKind.Null } => null,
                string said => said,
                _ => value.ToString(),
            }
            : null;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>An argument that must be there.</summary>
    /// <exception cref="ArgumentException">It is absent; <see cref="ArgumentException.ParamName"/> names it.</exception>
    public string Require(string name) => Find(name) ?? throw Unacceptable(name);

    /// <summary>The exception for an argument that the tool cannot take: its name, never its value.</summary>
    public static ArgumentException Unacceptable(string name) => new("The argument is missing or not of its form.", name);

    private object? Context(string name) => given.Context is { } context && context.TryGetValue(name, out var value) ? value : null;
}
