using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ContactCenterAgent.Plugins.LLamaSharp;

/// <summary>
/// A JSON schema as a grammar in llama.cpp's GBNF. Taken over: objects with the given order of their properties (those not required may be left out), arrays with minItems and maxItems,
/// strings, numbers, integers, booleans, null, enum, const, anyOf, oneOf, lists of types. All else (patterns, formats, lengths, references) is not constrained: any JSON stands there, or a
/// plain string where the type is string. White space is one space at most, so a model cannot loop in it.
/// </summary>
internal static class JsonGrammar
{
    private const string Common = """
        ws ::= " "?
        string ::= "\"" ([^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt/] | "u" [0-9a-fA-F]{4}))* "\""
        integer ::= "-"? ([0-9] | [1-9] [0-9]{0,15})
        number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
        boolean ::= "true" | "false"
        null ::= "null"
        value ::= object | array | string | number | boolean | null
        object ::= "{" ws (string ws ":" ws value (ws "," ws string ws ":" ws value)*)? ws "}"
        array ::= "[" ws (value (ws "," ws value)*)? ws "]"
        """;

    /// <param name="schema">Null: any JSON object.</param>
    internal static string Of(JsonElement? schema)
    {
        var rules = new StringBuilder();
        var root = schema is { } given ? Rule(given, "r", rules) : "object";
        return $"root ::= {root}\n{rules}{Common}\n";
    }

    // Gives an expression; what is large becomes a rule of its own, named by its way from the root.
    private static string Rule(JsonElement schema, string name, StringBuilder rules)
    {
        if (schema.ValueKind != JsonValueKind.Object) return "value";
        if (schema.TryGetProperty("const", out var only)) return Literal(only);
        if (schema.TryGetProperty("enum", out var values)) return Any(values.EnumerateArray().Select(Literal));
        foreach (var either in (ReadOnlySpan<string>)["anyOf", "oneOf"])
            if (schema.TryGetProperty(either, out var options)) return Add(name, Any(options.EnumerateArray().Select((o, i) => Rule(o, $"{name}-{i}", rules))), rules);
        if (!schema.TryGetProperty("type", out var type)) return schema.TryGetProperty("properties", out _) ? Object(schema, name, rules) : "value";
        return type.ValueKind == JsonValueKind.Array
            ? Any(type.EnumerateArray().Select((t, i) => Typed(t.GetString(), schema, $"{name}-{i}", rules)))
            : Typed(type.GetString(), schema, name, rules);
    }

    private static string Typed(string? type, JsonElement schema, string name, StringBuilder rules) => type switch
    {
        "object" => Object(schema, name, rules),
        "array" => Array(schema, name, rules),
        "string" or "number" or "integer" or "boolean" or "null" => type,
        _ => "value",
    };

    private static string Object(JsonElement schema, string name, StringBuilder rules)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return "object";
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        var fields = properties.EnumerateObject().Select((p, i) => (Text: $"{Quoted(JsonSerializer.Serialize(p.Name))} ws \":\" ws {Rule(p.Value, $"{name}-{i}", rules)}", Must: required.Contains(p.Name))).ToList();
        return Add(name, $"\"{{\" ws {Fields(fields, first: true)} ws \"}}\"", rules);
    }

    // Property by property: a comma goes before each but the first that is there.
    private static string Fields(List<(string Text, bool Must)> fields, bool first)
    {
        if (fields.Count == 0) return "";
        var (text, must) = fields[0];
        var rest = fields.GetRange(1, fields.Count - 1);
        var with = $"{(first ? "" : "ws \",\" ws ")}{text} {Fields(rest, first: false)}".TrimEnd();
        if (must) return with;
        return first ? $"({with} | {Fields(rest, first: true)})".Replace("| )", "|  \"\")", StringComparison.Ordinal) : $"({(first ? "" : "ws \",\" ws ")}{text})? {Fields(rest, first: false)}".TrimEnd();
    }

    private static string Array(JsonElement schema, string name, StringBuilder rules)
    {
        var min = schema.TryGetProperty("minItems", out var least) ? least.GetInt32() : 0;
        int? max = schema.TryGetProperty("maxItems", out var most) ? most.GetInt32() : null;
        if (max == 0) return "\"[\" ws \"]\"";
        var item = schema.TryGetProperty("items", out var items) ? Rule(items, $"{name}-i", rules) : "value";
        var further = $"(ws \",\" ws {item}){{{Math.Max(0, min - 1)},{(max - 1)?.ToString(CultureInfo.InvariantCulture)}}}";
        var list = $"{item} {further}";
        return Add(name, $"\"[\" ws {(min == 0 ? $"({list})?" : list)} ws \"]\"", rules);
    }

    private static string Add(string name, string rule, StringBuilder rules)
    {
        rules.Append(name).Append(" ::= ").Append(rule).Append('\n');
        return name;
    }

    private static string Any(IEnumerable<string> options) => $"({string.Join(" | ", options)})";

    private static string Literal(JsonElement value) => Quoted(JsonSerializer.Serialize(value));

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
