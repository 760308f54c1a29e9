using System.Runtime.InteropServices;

namespace ContactCenterAgent.Planning.People;

/// <summary>Distinct names with their frequency, by sound and by form.</summary>
internal sealed class NameTable
{
    private readonly List<string> _names = [], _keys = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal), _byFront = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>Counts a name, which may be new.</summary>
    public int Add(string name)
    {
        _total++;
        if (_byText.TryGetValue(name, out var id))
        {
            _counts[id]++;
            return id;
        }

        _byText[name] = id = _names.Count;
        _names.Add(name);
        _keys.Add(NameSounds.Key(name));
        _counts.Add(1);
        Put(_byKey, _keys[id], id);
        if (name.Length >= 3) Put(_byFront, name[..3], id);
        return id;
    }

    public void Remove(int name)
    {
        _total--;
        _counts[name]--;
    }

    private static void Put(Dictionary<string, List<int>> index, string key, int id)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _);
        (list ??= []).Add(id);
    }

    private float LogFrequency(int name) => MathF.Log((float)Math.Max(_counts[name], 1) / Math.Max(_total, 1));

    /// <summary>Log odds of the names that could have been heard like this: the same, the same sound, or the same first letters and alike.</summary>
    public Dictionary<int, float> Near(NameEvidence heard)
    {
        var found = new Dictionary<int, float>();
        foreach (var word in heard.Words)
        {
            if (_byText.TryGetValue(word.Text, out var same)) Keep(found, same, PersonWeights.NameExact - word.Penalty);
            if (_byKey.TryGetValue(word.Key, out var sounding)) foreach (var id in CollectionsMarshal.AsSpan(sounding)) Compare(found, word, id);
            if (word.Text.Length >= 3 && _byFront.TryGetValue(word.Text[..3], out var alike)) foreach (var id in CollectionsMarshal.AsSpan(alike)) Compare(found, word, id);
        }

        foreach (var (text, penalty) in heard.Letters)
            for (var from = 0; from < text.Length - 3; from++)
                for (var length = 4; length <= Math.Min(12, text.Length - from); length++)
                    if (_byText.TryGetValue(text.Substring(from, length), out var spelled)) Keep(found, spelled, PersonWeights.NameExact - penalty);
        return found;
    }

    private void Compare(Dictionary<int, float> found, NameEvidence.Word word, int name)
    {
        if (_names[name].Length == word.Text.Length && _names[name] == word.Text) return;
        var similarity = NameSounds.Similarity(word.Text, _names[name]);
        if (similarity > PersonWeights.SoundMin && _keys[name] == word.Key) Keep(found, name, PersonWeights.NameSound - word.Penalty);
        else if (similarity >= PersonWeights.AlikeMin) Keep(found, name, PersonWeights.NameAlike - word.Penalty);
    }

    private void Keep(Dictionary<int, float> found, int name, float chance)
    {
        ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(found, name, out var known);
        var odds = chance > PersonWeights.NameFloor - 1 ? chance - LogFrequency(name) : PersonWeights.NameFloor;
        best = known ? Math.Max(best, odds) : Math.Max(PersonWeights.NameFloor, odds);
    }

    /// <summary>Whether a word is this name, or sounds like it and is about as long.</summary>
    public bool IsLike(int name, string word) =>
        _names[name] == word || (Math.Abs(_names[name].Length - word.Length) <= 3 && NameSounds.Similarity(word, _names[name]) is var similarity && (similarity >= PersonWeights.AlikeMin || (similarity > PersonWeights.SoundMin && _keys[name] == NameSounds.Key(word))));
}
