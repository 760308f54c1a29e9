using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>Readings of a postcode from all attempts, and how badly a code fits into the best of them.</summary>
internal sealed class PostcodeEvidence
{
    private readonly List<(string Text, float Penalty, float[] Least)> _readings = [];
    private readonly Dictionary<int, float> _distances = [];

    public IEnumerable<(string Text, float Penalty)> Readings => _readings.Select(r => (r.Text, r.Penalty));

    public bool IsEmpty => _readings.Count == 0;

    /// <summary>Adds one attempt.</summary>
    public void Add(ImmutableArray<string> readings)
    {
        for (var rank = 0; rank < readings.Length; rank++)
        {
            var text = LetterSounds.Characters(readings[rank]);
            if (text.Length >= 2 && !_readings.Exists(r => r.Text == text)) _readings.Add((text, PersonWeights.PostcodeRank * rank, LetterSounds.LeastCosts(text)));
        }
    }

    /// <summary>Weighted edits of the best reading; each code is compared once.</summary>
    public float Distance(int code, PostcodeTable table)
    {
        if (_distances.TryGetValue(code, out var known)) return known;
        var text = table.Text(code, stackalloc char[PostcodeTable.LengthMax]);
        var best = float.MaxValue;
        foreach (var (heard, penalty, least) in _readings)
            if (AtLeast(text, least) + penalty < best) best = Math.Min(best, LetterSounds.Distance(heard, text) + penalty);
        return _distances[code] = best;
    }

    /// <summary>No distance to any reading is below this: each character costs at least what the kindest character heard would make of it.</summary>
    public float DistanceAtLeast(int code, PostcodeTable table)
    {
        if (_distances.TryGetValue(code, out var known)) return known;
        var text = table.Text(code, stackalloc char[PostcodeTable.LengthMax]);
        var best = float.MaxValue;
        foreach (var (_, penalty, least) in _readings) best = Math.Min(best, AtLeast(text, least) + penalty);
        return best;
    }

    private static float AtLeast(ReadOnlySpan<char> text, float[] least)
    {
        var sum = 0f;
        foreach (var c in text) sum += least[c & 127];
        return sum;
    }
}
