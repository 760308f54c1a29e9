using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Tools;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>
/// The tools of composed tasks on a back end that knows everything: a row's field is made of the tool, its arguments and the field's name. No tool has a phrase for its result, for an answer
/// that rests on several of them has to be worded; an effect needs the caller's request, not a read-back.
/// </summary>
internal static class ComposedTools
{
    private static readonly FrozenDictionary<string, ToolDescriptor> Descriptors = new[]
    {
        Read("find_work", "title"), Read("find_person", "name"), Read("find_place", "name"), Read("find_country", "name"),
        Read("find_contact", "name"), Read("find_address", "place"), Read("find_note", "topic"), Read("find_route", "to", "from?"),
        Write("send_email", "to", "subject", "cc?", "body?"), Write("send_message", "to", "text"), Write("create_event", "attendee", "place", "day", "time"), Write("create_reminder", "number", "day"),
    }.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    private static readonly ImmutableArray<string> Fields = ["director", "author", "country", "address", "email", "phone", "title", "text", "summary"];

    /// <summary>Names of the tools that only read.</summary>
    public static IEnumerable<string> Reads => Descriptors.Values.Where(t => !t.IsEffect).Select(t => t.Name);

    public static ToolDescriptor Descriptor(string tool) => Descriptors[tool];

    public static bool IsWrite(string tool) => Descriptor(tool).IsEffect;

    /// <summary>All of them on a fake back end.</summary>
    public static ImmutableArray<Tool> On(FakeBackEnd backEnd) => [.. Descriptors.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(tool => tool.IsEffect
        ? backEnd.Write(tool, _ => """{"done":"yes"}""")
        : backEnd.Read(tool, arguments => Row(tool.Name, arguments)))];

    /// <summary>What a call finds under a field.</summary>
    public static string Field(string tool, IReadOnlyDictionary<string, string> arguments, string field) =>
        $"{field} of {string.Join(" and ", arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value))} by {tool}";

    private static string Row(string tool, IReadOnlyDictionary<string, object?> arguments)
    {
        var known = arguments.Where(a => a.Value is string).ToDictionary(a => a.Key, a => (string)a.Value!, StringComparer.Ordinal);
        var row = new JsonObject();
        foreach (var field in Fields) row[field] = Field(tool, known, field);
        return new JsonObject { ["rows"] = new JsonArray(row), ["truncated"] = false }.ToJsonString();
    }

    private static ToolDescriptor Read(string name, params string[] parameters) => Declare(name, ToolEffect.Read, parameters);

    private static ToolDescriptor Write(string name, params string[] parameters) => Declare(name, ToolEffect.Write, parameters);

    private static ToolDescriptor Declare(string name, ToolEffect effect, string[] parameters) => new()
    {
        Name = name,
        Description = name.Replace('_', ' '),
        Effect = effect,
        Parameters = [.. parameters.Select(p => new ToolParameter { Name = p.TrimEnd('?'), Type = ParameterType.Text, Required = !p.EndsWith('?'), Description = p.TrimEnd('?'), Ask = $"Which {p.TrimEnd('?')}?" })],
        MaxAge = TimeSpan.FromMinutes(10),
        BackEnd = name,
        CanLookUp = effect != ToolEffect.Read,
    };
}
