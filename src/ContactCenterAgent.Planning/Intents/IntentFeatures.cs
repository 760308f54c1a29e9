using System.Collections.Frozen;
using ContactCenterAgent.Planning.Language;

namespace ContactCenterAgent.Planning.Intents;

/// <summary>Words of a clause as features: stems, pairs of neighbours, families of service verbs, and the types of the values in place of the values.</summary>
internal static class IntentFeatures
{
    /// <summary>What people ask of any service, by what they mean to do; members of a family speak for each other.</summary>
    private static readonly FrozenDictionary<string, string> Families = new (string Name, string Words)[]
    {
        ("~reserve", "book make schedule arrange reserve fix setup sort"),
        ("~move", "move change reschedule shift push bring swap postpone rearrange"),
        ("~cancel", "cancel delete remove drop scrap"),
        ("~price", "much price cost charge fee expensive"),
        ("~when", "when hours open close shut"),
        ("~find", "find search look see show check list"),
        ("~send", "send transfer pay wire"),
        ("~update", "update correct new"),
        ("~status", "ready arrived status track happened progress"),
    }.SelectMany(f => f.Words.Split(' ').Select(w => (w: Lexicon.Stem(w), f.Name))).ToFrozenDictionary(p => p.w, p => p.Name);

    /// <summary>Adds the features of one clause.</summary>
    /// <param name="words">Stems, or a symbol in angle brackets for a value.</param>
    /// <param name="raw">The words themselves; function words weigh little by themselves and fully in pairs.</param>
    /// <param name="add">Receives name, weight and the index of the word.</param>
    public static void Add(ReadOnlySpan<string> words, ReadOnlySpan<string> raw, Action<string, float, int> add)
    {
        var (before, afterFunction) = ("^", true);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (Lexicon.Fillers.Contains(raw[i]) && word[0] != '<') continue;
            var function = word[0] != '<' && Lexicon.IsFunction(raw[i]);
            add(word, word[0] == '<' ? 0.7f : function ? 0.15f : 1.3f, i);
            add(before + " " + word, function && afterFunction ? 0.2f : 0.6f, i);
            if (Families.TryGetValue(word, out var family)) add(family, 0.8f, i);
            (before, afterFunction) = (word, function);
        }
    }
}
