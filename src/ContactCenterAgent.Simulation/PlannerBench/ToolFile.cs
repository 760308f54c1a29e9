using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Tool and slot sets from JSON files; names are snake case, as the declarations' own in lower case.</summary>
public static class ToolFile
{
    /// <summary>
    /// Tools: <c>[{"name","effect","examples":[...],"requires","finds":{"entity","id_field"},"grants":{"level","field","value","subject_field"},"widens":{"parameter":"field"},
    /// "parameters":[{"name","type","required","values":[...],"entity","entity_field","pattern","default","ask"}]}]</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is of another form; the message says what is wrong.</exception>
    public static ImmutableArray<ToolDescriptor> Tools(string file) => [.. Objects(file).Select(Tool)];

    /// <summary>Slots: <c>["date", ...]</c> or <c>[{"name","type","description","values":[...]}]</c>; a type that is not given is told from the name.</summary>
    /// <exception cref="InvalidDataException">The file is of another form.</exception>
    public static ImmutableArray<SlotDeclaration> Slots(string file) => [.. Array(file).Select(Slot)];

    private static JsonArray Array(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonArray ?? throw new InvalidDataException($"{file} is not a JSON array");
        }
        catch (System.Text.Json.JsonException failure)
        {
            throw new InvalidDataException($"{file} is not JSON: {failure.Message}", failure);
        }
    }

    private static IEnumerable<JsonObject> Objects(string file) => Array(file).Select(n => n as JsonObject ?? throw new InvalidDataException($"{file} holds something that is not an object"));

    private static SlotDeclaration Slot(JsonNode? node)
    {
        if (node is not JsonObject slot) return SlotTypes.Declare((string?)node ?? throw new InvalidDataException("a slot has no name"), "", []);
        var name = (string?)slot["name"] ?? slot.Text("slot");
        var declared = SlotTypes.Declare(name, (string?)slot["description"] ?? "", slot.Strings("values"));
        return slot["type"] is null ? declared : declared with { Type = Enumerated<ParameterType>(slot.Text("type")) };
    }

    private static ToolDescriptor Tool(JsonObject tool)
    {
        var grants = tool["grants"] as JsonObject;
        var finds = tool["finds"] as JsonObject;
        return new()
        {
            Name = tool.Text("name"),
            Description = (string?)tool["description"] ?? "",
            Effect = tool["effect"] is null ? ToolEffect.Write : Enumerated<ToolEffect>(tool.Text("effect")),
            Requires = tool["requires"] is null ? AssuranceLevel.None : Enumerated<AssuranceLevel>(tool.Text("requires")),
            Examples = [.. tool.Strings("examples")],
            Parameters = [.. tool.Objects("parameters").Select(Parameter)],
            Finds = finds is null ? null : new(finds.Text("entity"), finds.Text("id_field")),
            Grants = grants is null ? null : new(Enumerated<AssuranceLevel>(grants.Text("level")), grants.Text("field"), grants.Text("value"), grants.Text("subject_field")),
            Widens = tool["widens"] is JsonObject widens ? new(widens.ToImmutableSortedDictionary(w => w.Key, w => (string?)w.Value ?? "", StringComparer.Ordinal), 200, TimeSpan.FromSeconds(30)) : null,
        };
    }

    private static ToolParameter Parameter(JsonObject parameter) => new()
    {
        Name = parameter.Text("name"),
        Type = Enumerated<ParameterType>(parameter.Text("type")),
        Required = (bool?)parameter["required"] ?? true,
        Values = [.. parameter.Strings("values").Select(v => ChoiceValue.Of(v))],
        Entity = (string?)parameter["entity"],
        EntityField = (string?)parameter["entity_field"],
        Pattern = (string?)parameter["pattern"],
        Default = (string?)parameter["default"],
        Ask = (string?)parameter["ask"],
    };

    private static T Enumerated<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new InvalidDataException($"{text} is no {typeof(T).Name}; allowed: {string.Join(", ", Enum.GetNames<T>())}");
}
