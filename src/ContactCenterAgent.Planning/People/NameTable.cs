using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>Readings of a name: their words, and the letters of a spelled one run together.</summary>
internal sealed class NameEvidence
{
    private static readonly string[] NotNames = ["my", "name", "is", "it's", "its", "yes", "the", "space", "and", "i'm", "this", "um", "uh", "for", "as", "in"];

    public NameEvidence(ImmutableArray<string> readings)
    {
        var words = new List<(string Text, string Key, float Penalty)>();
        var letters = new List<(string Text, float Penalty)>();
        for (var rank = 0; rank < readings.Length; rank++)
        {
            var penalty = Math.Min(rank * 0.1f, 0.8f);
            var parts = readings[rank].ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts)
            {
                var text = part.EndsWith("'s", StringComparison.Ordinal) ? part[..^2] : part;
                if (text.Length > 2 && !NotNames.Contains(text) && !words.Exists(w => w.Text == text)) words.Add((text, NameSounds.Key(text), penalty));
            }

            if (parts.Count(p => p.Length <= 2) * 2 > parts.Length) letters.Add((string.Concat(parts.Select(Spelled)), penalty));
        }

        (Words, Letters) = (words, letters);
    }

    public IReadOnlyList<(string Text, string Key, float Penalty)> Words { get; }

    public IReadOnlyList<(string Text, float Penalty)> Letters { get; }

    /// <summary>A word among spelled letters: itself, or the letter of an alphabet word.</summary>
    private static string Spelled(string part) => part.Length > 3 && LetterSounds.Characters(part) is { Length: 1 } letter && char.IsAsciiLetter(letter[0]) ? letter.ToLowerInvariant() : part;

    /// <summary>Log of the chance that a name is heard like this.</summary>
    public float LogChance(string name)
    {
        var best = PersonWeights.NameFloor - 2;
        var key = NameSounds.Key(name);
        foreach (var (text, wordKey, penalty) in Words)
        {
            if (text == name) best = Math.Max(best, PersonWeights.NameExact - penalty);
            else if (NameSounds.Similarity(text, name) is var similarity && wordKey == key && similarity > 0.7) best = Math.Max(best, PersonWeights.NameSound - penalty);
            else if (similarity >= PersonWeights.AlikeMin) best = Math.Max(best, PersonWeights.NameAlike - penalty);
        }

        foreach (var (text, penalty) in Letters)
            if (name.Length > 3 && text.Contains(name, StringComparison.Ordinal)) best = Math.Max(best, PersonWeights.NameExact - penalty);
        return best;
    }
}

/// <summary>Distinct names with their frequency, by sound and by form.</summary>
internal sealed class NameTable
{
    private readonly List<string> _names = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal), _byFront = new(StringComparer.Ordinal);
    private int _total;

    public static (NameTable, int[]) Of(IEnumerable<string> names)
    {
        var table = new NameTable();
        var ids = names.Select(table.Add).ToArray();
        return (table, ids);
    }

    private int Add(string name)
    {
        _total++;
        if (_byText.TryGetValue(name, out var id))
        {
            _counts[id]++;
            return id;
        }

        _byText[name] = id = _names.Count;
        _names.Add(name);
        _counts.Add(1);
        Put(_byKey, NameSounds.Key(name), id);
        if (name.Length >= 3) Put(_byFront, name[..3], id);
        return id;
    }

    private static void Put(Dictionary<string, List<int>> index, string key, int id)
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(id);
    }

    public string Text(int name) => _names[name];

    public float LogFrequency(int name) => MathF.Log((float)_counts[name] / _total);

    /// <summary>Names that could have been heard like this: the same, the same sound, or the same first letters and alike.</summary>
    public IEnumerable<int> Near(NameEvidence heard)
    {
        var found = new HashSet<int>();
        foreach (var (text, key, _) in heard.Words)
        {
            if (_byText.TryGetValue(text, out var same)) found.Add(same);
            if (_byKey.TryGetValue(key, out var sounding)) foreach (var id in sounding) if (NameSounds.Similarity(text, _names[id]) > 0.7) found.Add(id);
            if (text.Length >= 3 && _byFront.TryGetValue(text[..3], out var alike)) foreach (var id in alike) if (NameSounds.Similarity(text, _names[id]) >= PersonWeights.AlikeMin) found.Add(id);
        }

        foreach (var (text, _) in heard.Letters)
            for (var from = 0; from < text.Length - 3; from++)
                for (var length = 4; length <= Math.Min(12, text.Length - from); length++)
                    if (_byText.TryGetValue(text.Substring(from, length), out var spelled)) found.Add(spelled);
        return found;
    }
}
