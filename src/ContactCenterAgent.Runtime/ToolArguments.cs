using System.Data.Common;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Runtime;

/// <summary>What reaches a tool's function: the caller's arguments by name, and in the context what is not the caller's.</summary>
internal static class ToolArguments
{
    internal static AIFunctionArguments Of(StartTool start)
    {
        var arguments = new AIFunctionArguments(StringComparer.Ordinal) { Context = new Dictionary<object, object?>() };
        foreach (var (name, value) in start.Arguments.Value) arguments[name] = value;
        if (start.Key is { } key) arguments.Context[ToolContext.Key] = key.ToString();
        if (start.Hold is { } hold) arguments.Context[ToolContext.Hold] = hold.Value;
        if (start.TimeToLive is { } timeToLive) arguments.Context[ToolContext.TimeToLive] = timeToLive;
        if (start.MaxRows is { } maxRows) arguments.Context[ToolContext.MaxRows] = maxRows;
        return arguments;
    }

    internal static AIFunctionArguments OfRelease(HoldId hold) =>
        new(StringComparer.Ordinal) { Context = new Dictionary<object, object?> { [ToolContext.Hold] = hold.Value } };

    internal static AIFunctionArguments OfLookUp(string key) =>
        new(StringComparer.Ordinal) { Context = new Dictionary<object, object?> { [ToolContext.Key] = key } };

    /// <summary>The ledger's own connection and transaction, for an effect whose outcome is saved in the same commit.</summary>
    internal static AIFunctionArguments Within(this AIFunctionArguments arguments, DbConnection connection, DbTransaction transaction)
    {
        arguments.Context![ToolContext.Connection] = connection;
        arguments.Context[ToolContext.Transaction] = transaction;
        return arguments;
    }
}
