using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>The function of an imported tool: canonical strings in, the source's types out, rows back.</summary>
/// <param name="tool">What the core knows of it.</param>
/// <param name="parameters">Its parameters, the fixed ones too.</param>
/// <param name="key">The source's parameter that takes the effect's key; null = none.</param>
/// <param name="send">Sends the arguments.</param>
/// <param name="resultCharacters">Characters of a result at most.</param>
internal sealed class ImportedFunction(
    ToolDescriptor tool, ImmutableArray<ImportedSchema> parameters, string? key, Func<JsonObject, CancellationToken, Task<string>> send, int resultCharacters) : AIFunction
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var sent = new JsonObject();
        foreach (var parameter in parameters)
        {
            if (parameter.Fixed is { } always) sent[parameter.WireName] = parameter.Write(always);
            else if (arguments.TryGetValue(parameter.Parameter.Name, out var value) && value?.ToString() is { Length: > 0 } canonical) sent[parameter.WireName] = parameter.Write(canonical);
        }

        if (key is not null && arguments.Context?.TryGetValue(ToolContext.Key, out var given) == true) sent[key] = (string)given!;
        if (tool.IsEffect) return ImportedResult.Outcome(ImportedResult.Rows(await send(sent, cancellationToken), resultCharacters));
        return ImportedResult.Rows(await LostReads.SendAsync(send, sent, cancellationToken), resultCharacters);
    }
}

/// <summary>A read that was lost on the way has changed nothing, whatever its source can say of it.</summary>
internal static class LostReads
{
    internal static async Task<string> SendAsync(Func<JsonObject, CancellationToken, Task<string>> send, JsonObject arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await send(arguments, cancellationToken);
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException)
        {
            throw new ToolUnavailableException("The connection ended on the way.", lost);
        }
    }
}

/// <summary>Asks the source what became of a key.</summary>
/// <param name="lookUp">How.</param>
/// <param name="send">The read.</param>
internal sealed class LookUpFunction(ImportedLookUp lookUp, Func<JsonObject, CancellationToken, Task<string>> send) : AIFunction
{
    private const int CharactersMax = 65_536;

    public override string Name => "look_up";

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var key = (string)arguments.Context![ToolContext.Key]!;
        var rows = JsonNode.Parse(ImportedResult.Rows(await LostReads.SendAsync(send, new() { [lookUp.Parameter] = key }, cancellationToken), CharactersMax))!["rows"]!.AsArray();
        if (rows.Count == 0) return new JsonObject { ["state"] = lookUp.AbsentIsFinal ? "absent" : "unknown" }.ToJsonString();
        var done = rows[0]!.DeepClone().AsObject();
        done["state"] = "done";
        return done.ToJsonString();
    }
}
