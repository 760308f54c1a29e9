using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Llm.Plans;

/// <summary>
/// The JSON schema of a plan for a set of tools, within what constrained decoders take: every object closed, every property required, optional values nullable, no
/// patterns (OpenAI structured outputs; llama.cpp's and vLLM's grammars). The reply stands last, so that the plan is whole before it begins.
/// </summary>
internal static class PlanSchema
{
    internal const string Name = "plan";

    private static readonly ConditionalWeakTable<ToolDescriptor[], object> Known = [];

    /// <summary>Made once for a set of tools, known again by its array.</summary>
    internal static JsonElement Of(ImmutableArray<ToolDescriptor> tools) =>
        (JsonElement)Known.GetValue(ImmutableCollectionsMarshal.AsArray(tools) ?? [], _ => Make(tools));

    private static JsonElement Make(ImmutableArray<ToolDescriptor> tools)
    {
        var calls = tools.IsEmpty
            ? new JsonObject { ["type"] = "array", ["items"] = Closed(("id", Text())), ["maxItems"] = 0 }
            : new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray([.. tools.Select(Call)]) } };
        var schema = Closed(
            ("act", OneOf("none", "wants_person", "goodbye", "social", "repeat", "out_of_domain", "unclear")),
            ("answer", OneOf("none", "yes", "no", "mixed")),
            ("calls", calls),
            ("withdrawn", new JsonObject { ["type"] = "array", ["items"] = Text() }),
            ("ask", new JsonObject { ["type"] = "array", ["items"] = Closed(("task", Text()), ("tool", Text()), ("parameter", Text()), ("question", Text())) }),
            ("complete", Type("boolean")),
            ("confidence", Type("number")),
            ("reply", Text()));
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonNode Call(ToolDescriptor tool) => Closed(
        ("id", Text()),
        ("task", Text()),
        ("tool", OneOf(tool.Name)),
        ("arguments", Closed([.. tool.Parameters.Select(p => (p.Name, (JsonNode)new JsonObject { ["type"] = new JsonArray("string", "null") }))])),
        ("asked", Type("boolean")),
        ("requested", Type("boolean")),
        ("another", Type("boolean")),
        ("fresh", Type("boolean")),
        ("answers", Type("boolean")));

    private static JsonObject Closed(params ReadOnlySpan<(string Name, JsonNode Schema)> properties)
    {
        var (schemas, names) = (new JsonObject(), new JsonArray());
        foreach (var (name, schema) in properties)
        {
            schemas[name] = schema;
            names.Add(name);
        }

        return new() { ["type"] = "object", ["properties"] = schemas, ["required"] = names, ["additionalProperties"] = false };
    }

    private static JsonObject Text() => Type("string");

    private static JsonObject Type(string name) => new() { ["type"] = name };

    private static JsonObject OneOf(params ReadOnlySpan<string> values)
    {
        var all = new JsonArray();
        foreach (var value in values) all.Add(value);
        return new() { ["type"] = "string", ["enum"] = all };
    }
}
