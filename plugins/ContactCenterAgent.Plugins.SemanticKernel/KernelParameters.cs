using System.Collections.Immutable;
using System.Text.Json;
using ContactCenterAgent.Core.Tools;
using Microsoft.SemanticKernel;

namespace ContactCenterAgent.Plugins.SemanticKernel;

/// <summary>
/// A kernel function's parameter as a tool's: JSON schema's simple types and formats, and enumerations. Objects and arrays have no canonical text, so they cannot be arguments
/// of a tool. A string whose name ends like an id keeps its letters as they are; all others are plain words.
/// </summary>
internal static class KernelParameters
{
    private static readonly string[] Ids = ["id", "ids", "code", "key", "reference", "ref", "number", "sku"];

    /// <returns>Null: it is structured.</returns>
    internal static ToolParameter? Read(KernelParameterMetadata parameter)
    {
        var schema = parameter.Schema?.RootElement;
        var values = Values(schema);
        var type = values.IsEmpty ? TypeOf(parameter, schema) : ParameterType.Choice;
        return type is null ? null : new()
        {
            Name = parameter.Name,
            Type = type.Value,
            Required = parameter.IsRequired,
            Description = parameter.Description ?? "",
            Values = values,
            Pattern = schema is { ValueKind: JsonValueKind.Object } s && s.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null,
        };
    }

    private static ParameterType? TypeOf(KernelParameterMetadata parameter, JsonElement? schema) => Named(schema, "type") switch
    {
        "boolean" => ParameterType.Boolean,
        "integer" => ParameterType.Count,
        "number" => ParameterType.Number,
        "object" or "array" => null,
        "string" => Named(schema, "format") switch
        {
            "date" => ParameterType.Date,
            "time" => ParameterType.Time,
            "date-time" => ParameterType.DateTime,
            "duration" => ParameterType.Duration,
            "email" => ParameterType.Email,
            _ => Text(parameter.Name),
        },
        // A prompt's variables have no schema: they are words.
        null when parameter.ParameterType is null || parameter.ParameterType == typeof(string) => Text(parameter.Name),
        _ => null,
    };

    private static ParameterType Text(string name) =>
        Ids.Any(id => name.EndsWith(id, StringComparison.OrdinalIgnoreCase)) ? ParameterType.EntityId : ParameterType.Text;

    // A type may be written with null beside it: ["string","null"].
    private static string? Named(JsonElement? schema, string property)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } s || !s.TryGetProperty(property, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array) return value.GetString();
        var named = value.EnumerateArray().Select(v => v.GetString()).Where(v => v != "null").ToList();
        return named.Count == 1 ? named[0] : "object";
    }

    private static ImmutableArray<ChoiceValue> Values(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } s && s.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => ChoiceValue.Of(v.GetString()!))]
            : [];
}
