using System.Collections.Frozen;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Intents;

/// <summary>Words of a clause as features: stems, pairs of neighbours, families of service verbs, and the types of the values in place of the values.</summary>
internal static class IntentFeatures
{
    /// <summary>What people ask of any service, by what they mean to do; members of a family speak for each other.</summary>
    private static readonly FrozenDictionary<string, string> Families = new (string Name, string Words)[]
    {
        ("~reserve", "book make schedule arrange reserv fix setup sort"),
        ("~move", "mov chang reschedul shift push bring swap postpon rearrang"),
        ("~cancel", "cancel delet remov drop scrap"),
        ("~price", "much price cost charg fee expensiv"),
        ("~when", "when hour open clos"),
        ("~find", "find search look see show check list"),
        ("~send", "send transfer pay wire"),
        ("~update", "updat chang chang correct new"),
        ("~status", "ready arriv status track happen progress"),
    }.SelectMany(f => f.Words.Split(' ').Distinct().Select(w => (w, f.Name))).GroupBy(p => p.w).ToFrozenDictionary(g => g.Key, g => g.First().Name);

    /// <summary>Adds the features of one clause.</summary>
    /// <param name="words">Stems, or a symbol in angle brackets for a value.</param>
    /// <param name="raw">The words themselves; function words weigh little by themselves and fully in pairs.</param>
    /// <param name="add">Receives name, weight and the index of the word.</param>
    public static void Add(ReadOnlySpan<string> words, ReadOnlySpan<string> raw, Action<string, float, int> add)
    {
        var before = "^";
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (Lexicon.Fillers.Contains(raw[i]) && word[0] != '<') continue;
            var content = word[0] == '<' ? 0.5f : Lexicon.IsFunction(raw[i]) ? 0.25f : 1f;
            add(word, content, i);
            add(before + " " + word, content == 0.25f ? 0.4f : 0.6f, i);
            if (Families.TryGetValue(word, out var family)) add(family, 0.6f, i);
            before = word;
        }
    }
}
