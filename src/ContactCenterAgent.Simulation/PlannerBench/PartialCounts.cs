using System.Text.Json.Nodes;

namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>What was known while the words were still coming: by tenth of the utterance, how often it was already final and how often wrong.</summary>
internal sealed class PartialCounts
{
    private const int Tenths = 10;

    private readonly int[] _seen = new int[Tenths], _final = new int[Tenths], _wrong = new int[Tenths];

    /// <param name="partials">What was found after each word; the last is final. Wrong is what two partials in a row held and the final does not.</param>
    public void Add(IReadOnlyList<HashSet<string>> partials)
    {
        if (partials.Count == 0) return;
        var final = partials[^1];
        for (var i = 0; i < partials.Count; i++)
        {
            var tenth = Math.Min(Tenths - 1, i * Tenths / partials.Count);
            _seen[tenth]++;
            if (partials[i].SetEquals(final)) _final[tenth]++;
            if (i > 0 && partials[i].Intersect(partials[i - 1]).Except(final).Any()) _wrong[tenth]++;
        }
    }

    public JsonArray Json() =>
        [.. Enumerable.Range(0, Tenths).Where(i => _seen[i] > 0).Select(i => (JsonNode)new JsonObject { ["tenth"] = i + 1, ["already_final"] = Share(_final[i], _seen[i]), ["wrong_call"] = Share(_wrong[i], _seen[i]) })];

    private static double Share(int count, int of) => Math.Round((double)count / of, 4);
}

/// <summary>Stated probability against what was right, in ten bins.</summary>
internal sealed class Calibration
{
    private const int Bins = 10;

    private readonly (int Count, int Right, double Said)[] _bins = new (int, int, double)[Bins];

    public void Add(double probability, bool right)
    {
        ref var bin = ref _bins[Math.Clamp((int)(probability * Bins), 0, Bins - 1)];
        bin = (bin.Count + 1, bin.Right + (right ? 1 : 0), bin.Said + probability);
    }

    public JsonArray Json() =>
        [.. _bins.Where(b => b.Count > 0).Select(b => (JsonNode)new JsonObject { ["said"] = Math.Round(b.Said / b.Count, 3), ["right"] = Math.Round((double)b.Right / b.Count, 3), ["count"] = b.Count })];
}
