using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ContactCenterAgent.Planning.People;

/// <summary>Readings of a name from all attempts: their words, and the letters of a spelled one run together.</summary>
internal sealed class NameEvidence
{
    private static readonly FrozenSet<string> NotNames =
        new[] { "my", "name", "is", "it's", "its", "yes", "the", "space", "and", "i'm", "im", "this", "um", "uh", "for", "as", "in", "here", "speaking" }.ToFrozenSet();

    /// <summary>Words that one surname may be made of.</summary>
    private const int JoinedMax = 3;

    private readonly List<Word> _words = [];
    private readonly List<(string Text, float Penalty)> _letters = [];
    private readonly List<string[]> _readings = [];

    /// <summary>A word that may be a name.</summary>
    public readonly record struct Word(string Text, string Key, float Penalty);

    public IReadOnlyList<Word> Words => _words;

    public IReadOnlyList<(string Text, float Penalty)> Letters => _letters;

    public bool IsEmpty => _words.Count == 0 && _letters.Count == 0;

    /// <summary>Adds one attempt.</summary>
    public void Add(ImmutableArray<string> readings)
    {
        for (var rank = 0; rank < readings.Length; rank++)
        {
            var penalty = Math.Min(rank * PersonWeights.NameRank, 0.8f);
            var parts = PersonText.Letters(readings[rank].Replace("'s", "", StringComparison.OrdinalIgnoreCase)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var names = parts.Where(p => !NotNames.Contains(p) && !PersonText.IsTitle(p)).ToArray();
            foreach (var name in names) Add(name, penalty);
            for (var from = 1; from + 1 < names.Length; from++)
                for (var to = from + 2; to <= Math.Min(names.Length, from + JoinedMax); to++)
                    if (names[from..to].All(n => n.Length > 1)) Add(string.Concat(names[from..to]), penalty);
            if (names.Length > 0) _readings.Add(names);
            if (parts.Count(p => p.Length <= 2) * 2 <= parts.Length) continue;
            var letters = string.Concat(parts.Select(Spelled));
            if (!_letters.Exists(l => l.Text == letters)) _letters.Add((letters, penalty));
        }
    }

    private void Add(string text, float penalty)
    {
        if (text.Length <= 2) return;
        var known = _words.FindIndex(w => w.Text == text);
        if (known < 0) _words.Add(new(text, NameSounds.Key(text), penalty));
        else if (penalty < _words[known].Penalty) _words[known] = _words[known] with { Penalty = penalty };
    }

    /// <summary>Whether some reading says nothing but this name: every word of it fits.</summary>
    public bool SaysOnly(Func<string, bool> isPart) =>
        _letters.Count > 0 || _readings.Exists(r => r.Length >= 2 && (r.All(isPart) || (isPart(r[0]) && isPart(string.Concat(r[1..])))));

    /// <summary>A word among spelled letters: itself, or the letter of an alphabet word.</summary>
    private static string Spelled(string part) => part.Length > 3 && LetterSounds.Characters(part) is { Length: 1 } letter && char.IsAsciiLetter(letter[0]) ? letter.ToLowerInvariant() : part;
}
