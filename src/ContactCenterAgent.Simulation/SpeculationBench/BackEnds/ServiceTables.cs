using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.BackEnds;

/// <summary>
/// What the services' back ends know: for each reading method a table with the recorded rows. A call is answered with the rows that its arguments
/// fit, whether it is narrow or leaves arguments open, so a wide answer narrowed is the narrow answer, row for row.
/// </summary>
internal sealed class ServiceTables
{
    /// <summary>Any value will do.</summary>
    public const string Any = "dontcare";

    private readonly Dictionary<string, List<ImmutableSortedDictionary<string, string>>> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);

    /// <summary>Gathers the recorded rows of all dialogues.</summary>
    public ServiceTables(IEnumerable<RecordedDialogue> dialogues, ServiceCatalogue services)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in dialogues.SelectMany(d => d.Turns).SelectMany(t => t.Calls))
        {
            if (services.Method(call.Name) is not { } method) continue;
            _recorded.Add(Key(method, call.Arguments));
            if (call.IsWrite) continue;
            foreach (var row in call.FirstResults)
            {
                // A row is about what was asked for, also where it does not say so.
                var full = method.Complete(call.Arguments).Where(a => !row.ContainsKey(a.Key)).Aggregate(row, (r, a) => r.Add(a.Key, a.Value));
                if (!_rows.TryGetValue(call.Name, out var rows)) _rows[call.Name] = rows = [];
                if (seen.Add(call.Name + "|" + Text(full))) rows.Add(full);
            }
        }
    }

    /// <summary>Whether a call of these arguments was recorded anywhere.</summary>
    public bool IsRecorded(ServiceMethod method, ImmutableSortedDictionary<string, string> arguments) => _recorded.Contains(Key(method, arguments));

    /// <summary>The rows that fit; arguments that are absent are open.</summary>
    public IEnumerable<ImmutableSortedDictionary<string, string>> Find(ServiceMethod method, IReadOnlyDictionary<string, string> arguments) =>
        _rows.GetValueOrDefault(method.Name, []).Where(row => arguments.All(a => Fits(row, a.Key, a.Value)));

    private static bool Fits(ImmutableSortedDictionary<string, string> row, string slot, string value) =>
        value == Any || !row.TryGetValue(slot, out var there) || there == Any || string.Equals(there, value, StringComparison.OrdinalIgnoreCase);

    private static string Key(ServiceMethod method, ImmutableSortedDictionary<string, string> arguments) => method.Name + "|" + Text(method.Complete(arguments));

    private static string Text(ImmutableSortedDictionary<string, string> values) => string.Join('|', values.Select(v => $"{v.Key}={v.Value}"));

    /// <summary>Rows as a tool returns them.</summary>
    public static string Json(IReadOnlyList<ImmutableSortedDictionary<string, string>> rows, int? limit)
    {
        var shown = limit is { } max ? rows.Take(max) : rows;
        return new JsonObject
        {
            ["rows"] = new JsonArray([.. shown.Select(row => (JsonNode)new JsonObject([.. row.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))]))]),
            ["truncated"] = limit < rows.Count,
        }.ToJsonString();
    }
}
