using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Plugins.Shared;

/// <summary>A tool's function as the edge sees it: canonical strings in, JSON out. Its schema is the descriptor's parameters.</summary>
internal sealed class ToolFunction(ToolDescriptor tool, string? operation, Func<ToolArguments, CancellationToken, Task<JsonObject>> run) : AIFunction
{
    /// <summary>The tool's name; its other functions carry the operation behind it: <c>book_appointment_confirm</c>.</summary>
    public override string Name { get; } = operation is null ? tool.Name : $"{tool.Name}_{operation}";

    /// <inheritdoc/>
    public override string Description => tool.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; } = Schema(tool);

    /// <summary>An answer of many rows.</summary>
    public static JsonObject Rows(IEnumerable<JsonObject> rows, bool truncated = false) =>
        new() { ["rows"] = new JsonArray([.. rows]), ["truncated"] = truncated };

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        Element(await run(new(arguments), cancellationToken));

    private static JsonElement Schema(ToolDescriptor tool)
    {
        var properties = new JsonObject();
        foreach (var parameter in tool.Parameters)
        {
            var property = new JsonObject { ["type"] = "string", ["description"] = parameter.Description };
            if (!parameter.Values.IsEmpty) property["enum"] = new JsonArray([.. parameter.Values.Select(v => JsonValue.Create(v.Value))]);
            if (parameter.Pattern is { } pattern) property["pattern"] = $"^{pattern}$";
            properties[parameter.Name] = property;
        }

        var required = tool.Parameters.Where(p => p.Required).Select(p => JsonValue.Create(p.Name));
        return Element(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. required]) });
    }

    private static JsonElement Element(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
