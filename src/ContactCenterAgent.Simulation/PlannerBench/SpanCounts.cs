using System.Text.Json.Nodes;
using ContactCenterAgent.Planning.Learning;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>Right, extra and missed spans by slot.</summary>
internal sealed class SpanCounts
{
    private readonly SortedDictionary<string, (int Right, int Extra, int Missed)> _slots = new(StringComparer.Ordinal);

    public void Add(string text, IReadOnlyCollection<FoundSlot> gold, IReadOnlyCollection<FoundSlot> found)
    {
        var wanted = gold.Select(g => Trimmed(text, g)).ToHashSet();
        var got = found.Select(f => Trimmed(text, f)).ToHashSet();
        foreach (var span in got) Count(span.Slot, wanted.Contains(span) ? 1 : 0, wanted.Contains(span) ? 0 : 1, 0);
        foreach (var span in wanted) if (!got.Contains(span)) Count(span.Slot, 0, 0, 1);
    }

    public static (string Slot, int Start, int End) Trimmed(string text, FoundSlot slot)
    {
        var (start, end) = (slot.Start, Math.Min(slot.End, text.Length));
        while (start < end && !char.IsLetterOrDigit(text[start])) start++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1])) end--;
        return (slot.Slot, start, end);
    }

    private void Count(string slot, int right, int extra, int missed)
    {
        var now = _slots.GetValueOrDefault(slot);
        _slots[slot] = (now.Right + right, now.Extra + extra, now.Missed + missed);
    }

    private (int Right, int Extra, int Missed) Total => _slots.Values.Aggregate((a, b) => (a.Right + b.Right, a.Extra + b.Extra, a.Missed + b.Missed));

    public double F1() => _slots.Count == 0 ? 0 : F1(Total);

    public double Precision() => _slots.Count == 0 ? 0 : Math.Round(Total.Right / Math.Max(1.0, Total.Right + Total.Extra), 4);

    public double Recall() => _slots.Count == 0 ? 0 : Math.Round(Total.Right / Math.Max(1.0, Total.Right + Total.Missed), 4);

    private static double F1((int Right, int Extra, int Missed) n) => Math.Round(2.0 * n.Right / Math.Max(1, 2 * n.Right + n.Extra + n.Missed), 4);

    public JsonObject BySlot()
    {
        var all = new JsonObject();
        foreach (var (slot, n) in _slots) all[slot] = F1(n);
        return all;
    }
}

/// <summary>Which slot was taken for which, and how often.</summary>
internal sealed class Confusions
{
    private readonly Dictionary<string, (int Count, string Example)> _seen = [];

    public void Add(string text, IReadOnlyCollection<FoundSlot> gold, IReadOnlyCollection<FoundSlot> found)
    {
        var wanted = gold.Select(g => SpanCounts.Trimmed(text, g)).ToHashSet();
        var got = found.Select(f => SpanCounts.Trimmed(text, f)).ToHashSet();
        foreach (var span in wanted.Except(got))
        {
            var taken = got.Where(g => g.Start < span.End && span.Start < g.End).ToList();
            var what = taken.Count == 0 ? "nothing" : taken[0].Slot == span.Slot ? "other bounds" : taken[0].Slot;
            Count($"{span.Slot} -> {what}", text[span.Start..span.End]);
        }

        foreach (var span in got.Except(wanted)) if (!wanted.Any(w => w.Start < span.End && span.Start < w.End)) Count($"nothing -> {span.Slot}", text[span.Start..span.End]);
    }

    public void Count(string what, string example) => _seen[what] = (_seen.GetValueOrDefault(what).Count + 1, _seen.TryGetValue(what, out var before) ? before.Example : example);

    public JsonArray Worst(int count) =>
        [.. _seen.OrderByDescending(s => s.Value.Count).ThenBy(s => s.Key, StringComparer.Ordinal).Take(count).Select(s => (JsonNode)new JsonObject { ["what"] = s.Key, ["count"] = s.Value.Count, ["example"] = s.Value.Example })];
}
