using System.Text.Json.Nodes;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Learning;
using NodaTime;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>How often the value that a turn was asked for is read as the record has it: from the best reading alone, and from all.</summary>
internal sealed class HeardValues
{
    private static readonly Dictionary<string, SlotFinder> Finders = new (string Item, ParameterType Type)[]
    {
        ("name", ParameterType.PersonName), ("postcode", ParameterType.Postcode), ("dob", ParameterType.DateOfBirth),
    }.ToDictionary(s => s.Item, s => new SlotFinder([new(s.Item, s.Type, [], "")]));

    private static readonly LocalDate Today = new(2022, 1, 1);

    private readonly SortedDictionary<string, (int Turns, int Best, int All)> _items = new(StringComparer.Ordinal);

    public void Add(JsonObject dialogue)
    {
        if (dialogue["gold"] is not JsonObject gold) return;
        foreach (var turn in dialogue.Objects("turns"))
        {
            var item = turn.Text("item");
            var readings = turn.Strings("nbest");
            if (readings.Length == 0 || !Finders.TryGetValue(item, out var finder)) continue;
            var wanted = Bare(gold.Text(item));
            bool Right(string[] heard) => finder.Find(heard, [item], Today) is [var found, ..] && Bare(found.Value) == wanted;
            var now = _items.GetValueOrDefault(item);
            _items[item] = (now.Turns + 1, now.Best + (Right(readings[..1]) ? 1 : 0), now.All + (Right(readings) ? 1 : 0));
        }
    }

    private static string Bare(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    public JsonObject Json()
    {
        var all = new JsonObject();
        foreach (var (item, n) in _items)
            all[item] = new JsonObject { ["turns"] = n.Turns, ["best_reading"] = Math.Round((double)n.Best / n.Turns, 4), ["all_readings"] = Math.Round((double)n.All / n.Turns, 4) };
        return all;
    }
}
