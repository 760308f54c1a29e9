using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;
using NodaTime;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Reads dialogues with annotated calls, and the schemas of their services.</summary>
internal static class CallDialogues
{
    public const string DialoguesFile = "dialogues.jsonl", ServicesFile = "services.json";

    /// <summary>The day on which the dialogues play.</summary>
    public static readonly LocalDate Today = new(2019, 3, 1);

    public static bool Fits(string folder) => File.Exists(Path.Combine(folder, ServicesFile)) && File.Exists(Path.Combine(folder, DialoguesFile));

    public static IEnumerable<JsonObject> Dialogues(string folder, DataPart part) => JsonLines.Read(Path.Combine(folder, DialoguesFile)).Where(d => part.IsIn(d.Text("id")));

    /// <exception cref="InvalidDataException">The file is no list of services.</exception>
    public static Dictionary<string, ServiceDeclaration> Services(string folder)
    {
        var file = Path.Combine(folder, ServicesFile);
        if (JsonNode.Parse(File.ReadAllText(file)) is not JsonArray list) throw new InvalidDataException($"{file} is not a list of services");
        return list.OfType<JsonObject>().Select(Service).ToDictionary(s => s.Name);
    }

    private static ServiceDeclaration Service(JsonObject service) => new(
        service.Text("service_name"),
        [.. service.Objects("slots").Select(s => SlotTypes.Declare(s.Text("name"), s.Text("description"), (bool?)s["is_categorical"] == true ? s.Strings("possible_values") : []))],
        service.Objects("intents").ToImmutableSortedDictionary(i => i.Text("name"), i => i.Strings("required_slots").Concat((i["optional_slots"] as JsonObject ?? []).Select(o => o.Key)).ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>Methods as tools, for the classifier of wishes: their names and descriptions are the first examples.</summary>
    public static ImmutableArray<ToolDescriptor> Tools(string folder, IReadOnlyCollection<string> services, ILookup<string, string> examples)
    {
        var list = (JsonArray)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ServicesFile)))!;
        return
        [
            .. list.OfType<JsonObject>().Where(s => services.Contains(s.Text("service_name"))).SelectMany(s => s.Objects("intents").Select(i => new ToolDescriptor
            {
                Name = s.Text("service_name") + "." + i.Text("name"),
                Effect = (bool?)i["is_transactional"] == true ? ToolEffect.Write : ToolEffect.Read,
                Examples = [Spaced(i.Text("name")), i.Text("description"), .. examples[s.Text("service_name") + "." + i.Text("name")].Take(40)],
            })),
        ];
    }

    /// <summary>"FindBus" as words.</summary>
    private static string Spaced(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>What a caller's turn says by its annotation.</summary>
    public static ImmutableArray<(string Service, string Slot, int Start, int End, string Value)> Gold(JsonObject turn)
    {
        var gold = ImmutableArray.CreateBuilder<(string, string, int, int, string)>();
        foreach (var frame in turn.Objects("frames"))
        {
            var service = frame.Text("service");
            var spans = frame.Objects("spans").ToList();
            foreach (var span in spans) gold.Add((service, span.Text("slot"), (int)span["start"]!, (int)span["end"]!, span.Text("value")));
            foreach (var act in frame.Objects("acts").Where(a => a.Text("act") is "INFORM" && !spans.Exists(s => s.Text("slot") == a.Text("slot"))))
                foreach (var value in act.Strings("canonical").Take(1)) if (value != "dontcare") gold.Add((service, act.Text("slot"), -1, -1, value));
        }

        return gold.ToImmutable();
    }
}
