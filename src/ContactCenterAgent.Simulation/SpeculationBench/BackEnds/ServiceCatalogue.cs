using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.PlannerBench;

namespace ContactCenterAgent.Simulation.SpeculationBench.BackEnds;

/// <summary>The services of a folder with their methods and slots.</summary>
internal sealed class ServiceCatalogue
{
    private readonly FrozenDictionary<string, ServiceMethod> _methods;

    private ServiceCatalogue(IEnumerable<ServiceMethod> methods) => _methods = methods.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    public ImmutableArray<string> Services => [.. _methods.Values.Select(m => m.Service).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The method of a name, <c>service.method</c>; null = there is none.</summary>
    public ServiceMethod? Method(string name) => _methods.GetValueOrDefault(name);

    public IEnumerable<ServiceMethod> Of(string service) => _methods.Values.Where(m => m.Service == service).OrderBy(m => m.Name, StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The file is no list of services.</exception>
    public static ServiceCatalogue Read(string file)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file)) is not JsonArray list) throw new InvalidDataException($"{file} is not a list of services");
            return new(list.OfType<JsonObject>().SelectMany(Methods));
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{file} is not JSON: {failure.Message}", failure);
        }
    }

    private static IEnumerable<ServiceMethod> Methods(JsonObject service)
    {
        var slots = service.Objects("slots").ToDictionary(s => s.Text("name"), StringComparer.Ordinal);
        return service.Objects("intents").Select(intent => new ServiceMethod
        {
            Service = service.Text("service_name"),
            Method = intent.Text("name"),
            Description = (string?)intent["description"] ?? "",
            IsWrite = (bool?)intent["is_transactional"] ?? true,
            Required = [.. intent.Strings("required_slots")],
            Optional = (intent["optional_slots"] as JsonObject ?? []).ToImmutableSortedDictionary(o => o.Key, o => (string?)o.Value ?? "", StringComparer.Ordinal),
            Slots = slots.ToImmutableSortedDictionary(s => s.Key, s => (string?)s.Value["description"] ?? "", StringComparer.Ordinal),
        });
    }
}

/// <summary>A method of a service.</summary>
internal sealed record ServiceMethod
{
    private const int StemLength = 4;

    // Words of descriptions that say nothing of one method rather than another.
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
        ["find", "search", "get", "given", "specific", "particular", "make", "based", "with", "from", "that", "this", "their", "user", "users", "according", "available",
        "desired", "between", "another", "other", "some", "place", "time", "date", "list", "check", "provider", "service", "services", "city", "reserve", "type", "offering",
        "certain", "look", "for", "the", "and", "through", "over", "which", "manage", "details"], StringComparer.Ordinal);

    private FrozenSet<string>? _stems;

    public required string Service { get; init; }

    public required string Method { get; init; }

    /// <summary><c>service.method</c>.</summary>
    public string Name => Service + "." + Method;

    public required string Description { get; init; }

    public required bool IsWrite { get; init; }

    public required ImmutableArray<string> Required { get; init; }

    /// <summary>Optional slots with their defaults.</summary>
    public required ImmutableSortedDictionary<string, string> Optional { get; init; }

    /// <summary>All slots of the service, with their descriptions.</summary>
    public required ImmutableSortedDictionary<string, string> Slots { get; init; }

    public IEnumerable<string> Parameters => Required.Concat(Optional.Keys);

    /// <summary>Whether a word is one that the method's own name or description uses.</summary>
    public bool Mentions(string word) => Stem(word) is { } stem && (_stems ??= Stems()).Contains(stem);

    private FrozenSet<string> Stems()
    {
        var spaced = string.Concat(Method.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
        return $"{spaced} {Description}".Split(' ').Select(Stem).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }

    private static string? Stem(string word)
    {
        var letters = string.Concat(word.Where(char.IsLetter)).ToLowerInvariant();
        if (letters.Length < 3 || Common.Contains(letters)) return null;
        if (letters.EndsWith('s')) letters = letters[..^1];
        return letters.Length > StemLength + 2 ? letters[..(StemLength + 2)] : letters;
    }

    /// <summary>Arguments with the defaults filled in: the same call is the same text.</summary>
    public ImmutableSortedDictionary<string, string> Complete(ImmutableSortedDictionary<string, string> arguments)
    {
        foreach (var (slot, value) in Optional) if (!arguments.ContainsKey(slot)) arguments = arguments.Add(slot, value);
        return arguments;
    }
}
