using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>A kernel function as a tool's function: canonical strings in, a tool's form out. What is neither an object nor rows is one row with the field <c>result</c>.</summary>
internal sealed class KernelToolFunction(ToolDescriptor tool, Kernel kernel, KernelFunction function, string? keyParameter) : AIFunction
{
    /// <inheritdoc/>
    public override string Name => tool.Name;

    /// <inheritdoc/>
    public override string Description => tool.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => function.JsonSchema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var given = new KernelArguments();
        foreach (var parameter in tool.Parameters)
            if (arguments.TryGetValue(parameter.Name, out var value) && value is not null) given[parameter.Name] = value;
        if (keyParameter is not null && arguments.Context is { } context && context.TryGetValue(ToolContext.Key, out var known) && known is string key) given[keyParameter] = key;
        var result = await function.InvokeAsync(kernel, given, cancellationToken);
        return Form(result.GetValue<object>(), function.JsonSerializerOptions);
    }

    internal static JsonElement Form(object? value, JsonSerializerOptions options)
    {
        var node = value switch
        {
            string text => Parsed(text) ?? JsonValue.Create(text),
            _ => JsonSerializer.SerializeToNode(value, options),
        };
        var formed = node is JsonObject || (node is JsonArray rows && rows.All(row => row is JsonObject)) ? node : new JsonObject { ["result"] = node };
        return JsonSerializer.SerializeToElement(formed);
    }

    private static JsonNode? Parsed(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith('{') && !text.AsSpan().TrimStart().StartsWith('[')) return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
