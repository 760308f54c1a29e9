using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Imports;

/// <summary>A schema cannot be said by a caller; the message is for the operator.</summary>
internal sealed class UnrepresentableException(string message) : Exception(message);

/// <summary>
/// One property of a JSON schema (draft 2020-12, and OpenAPI 3.0's <c>nullable</c>) as a parameter, and the way back from a canonical value to JSON. What a caller cannot say, a list or an
/// object, is left out where it is optional and refused where it is not.
/// </summary>
internal sealed record ImportedSchema(ToolParameter Parameter, string WireName, string WireType, string? Format)
{
    /// <summary>Always sent so; null = the caller says it.</summary>
    internal string? Fixed { get; init; }

    private const int ReferencesMax = 16, ChoicesMax = 200;

    /// <returns>The parameter; null = optional, and nothing that a caller could say.</returns>
    internal static ImportedSchema? Of(string wireName, JsonElement schema, bool required, JsonElement root, ImportRule rule)
    {
        schema = Resolve(schema, root, 0);
        var (inner, nullable) = WithoutNull(schema, root);
        schema = inner;
        required &= !nullable;
        var name = ToolNames.Snake(wireName);
        var says = rule.Parameters.GetValueOrDefault(name) ?? new();
        if (!says.Include && required) throw new UnrepresentableException($"its parameter {wireName} is required and cannot be left out");
        if (!says.Include) return null;
        var type = Text(schema, "type") ?? (schema.TryGetProperty("enum", out _) ? "string" : "");
        if (type is not ("string" or "integer" or "number" or "boolean"))
        {
            if (!required) return null;
            throw new UnrepresentableException($"its parameter {wireName} is {(type.Length == 0 ? "of no single type" : type is "array" ? "a list" : $"an {type}")}, which a caller cannot say");
        }

        var choices = Choices(schema, wireName);
        var format = Text(schema, "format");
        var parameter = new ToolParameter
        {
            Name = name,
            Type = says.Type ?? (choices.IsEmpty ? says.Entity is not null && says.EntityField is null ? ParameterType.EntityId : Type(type, format, name, schema) : ParameterType.Choice),
            Required = required,
            Description = Text(schema, "description") ?? "",
            Values = choices,
            Default = schema.TryGetProperty("default", out var fallback) && fallback.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? fallback.ToString() : null,
            Entity = says.Entity,
            EntityField = says.EntityField,
            Pattern = says.Pattern,
            Ask = says.Ask ?? (required ? $"What is the {name.Replace('_', ' ')}?" : null),
        };
        if (parameter.Type == ParameterType.EntityId) parameter = parameter with { Entity = says.Entity ?? EntityOf(name), Ask = says.Ask };
        return new(parameter, wireName, type, format) { Fixed = says.Fixed };
    }

    /// <summary>A canonical value as the source takes it.</summary>
    /// <exception cref="ArgumentException">It is not of the source's type; <see cref="ArgumentException.ParamName"/> names the parameter.</exception>
    internal JsonNode Write(string canonical)
    {
        try
        {
            return WireType switch
            {
                "integer" => JsonValue.Create(long.Parse(canonical, CultureInfo.InvariantCulture)),
                "number" => JsonValue.Create(decimal.Parse(canonical, CultureInfo.InvariantCulture)),
                "boolean" => JsonValue.Create(bool.Parse(canonical)),
                _ => JsonValue.Create(Format == "date-time" && canonical.Length == 16 ? canonical + ":00Z" : canonical),
            };
        }
        catch (Exception bad) when (bad is FormatException or OverflowException)
        {
            throw new ArgumentException("The argument is not of its form.", Parameter.Name, bad);
        }
    }

    /// <summary>Follows <c>$ref</c> within the document.</summary>
    internal static JsonElement Resolve(JsonElement schema, JsonElement root, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || Text(schema, "$ref") is not { } reference) return schema;
        if (depth > ReferencesMax || !reference.StartsWith("#/", StringComparison.Ordinal)) throw new UnrepresentableException($"its schema refers to {reference}, which cannot be followed");
        var at = root;
        foreach (var part in reference[2..].Split('/'))
        {
            var key = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at)) throw new UnrepresentableException($"its schema refers to {reference}, which is not there");
        }

        return Resolve(at, root, depth + 1);
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A type and null, in any of the three ways in which that is written, is that type.
    private static (JsonElement Schema, bool Nullable) WithoutNull(JsonElement schema, JsonElement root)
    {
        if (schema.ValueKind != JsonValueKind.Object) return (schema, false);
        if (schema.TryGetProperty("type", out var types) && types.ValueKind == JsonValueKind.Array)
        {
            var named = types.EnumerateArray().Select(t => t.GetString()).ToList();
            var kept = JsonNode.Parse(schema.GetRawText())!.AsObject();
            kept["type"] = named.Where(t => t != "null").ToList() is [var only] ? only : "";
            return (Parse(kept), named.Contains("null"));
        }

        foreach (var union in (string[])["anyOf", "oneOf"])
        {
            if (!schema.TryGetProperty(union, out var members) || members.ValueKind != JsonValueKind.Array) continue;
            var real = members.EnumerateArray().Select(m => Resolve(m, root, 0)).Where(m => Text(m, "type") != "null").ToList();
            return real is [var single] ? (single, members.GetArrayLength() > 1) : (Parse([]), members.GetArrayLength() > real.Count);
        }

        return (schema, schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True);
    }

    private static ImmutableArray<ChoiceValue> Choices(JsonElement schema, string wireName)
    {
        if (!schema.TryGetProperty("enum", out var values) || values.ValueKind != JsonValueKind.Array) return [];
        if (values.GetArrayLength() > ChoicesMax) throw new UnrepresentableException($"its parameter {wireName} has more than {ChoicesMax} values");
        return [.. values.EnumerateArray().Where(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(v => ChoiceValue.Of(v.ToString(), v.ToString().Replace('_', ' ').ToLowerInvariant()))];
    }

    private static ParameterType Type(string type, string? format, string name, JsonElement schema) => type switch
    {
        "boolean" => ParameterType.Boolean,
        "integer" when schema.TryGetProperty("minimum", out var least) && least.TryGetDouble(out var bound) && bound >= 0 => ParameterType.Count,
        "integer" or "number" => EntityOf(name) is null ? ParameterType.Number : ParameterType.EntityId,
        _ => format switch
        {
            "date" => ParameterType.Date,
            "date-time" => ParameterType.DateTime,
            "time" => ParameterType.Time,
            "duration" => ParameterType.Duration,
            "email" => ParameterType.Email,
            "phone" => ParameterType.Phone,
            _ => EntityOf(name) is null ? ParameterType.Text : ParameterType.EntityId,
        },
    };

    /// <summary>The kind of thing that an id names, by its name: <c>customer_id</c> is a customer's. An id is never a caller's word.</summary>
    private static string? EntityOf(string name) => name is "id" ? "item" : name.EndsWith("_id", StringComparison.Ordinal) ? name[..^3] : null;

    private static JsonElement Parse(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
