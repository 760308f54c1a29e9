using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <summary>The words that a reader knows. Reading gives its own spelling of each, so that no text is allocated per word.</summary>
internal sealed class Vocabulary
{
    /// <summary>A word that the reader does not know.</summary>
    public const string Unknown = "_";

    private const int LongestWord = 24;

    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <summary>Knows every word of the phrases, with or without its apostrophe, and other spellings of them.</summary>
    /// <param name="phrases">Lower case, single spaces.</param>
    /// <param name="spellings">From another spelling to the one used in the phrases.</param>
    public Vocabulary(IEnumerable<string> phrases, params (string Other, string Word)[] spellings)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (other, word) in spellings) words[other] = word;
        var known = phrases.SelectMany(p => p.Split(' ')).ToHashSet(StringComparer.Ordinal);
        foreach (var word in known) words.TryAdd(word, word);
        foreach (var word in known) words.TryAdd(word.Replace("'", "", StringComparison.Ordinal), word);
        _words = words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads words: the known spelling, <see cref="Unknown"/>, or empty for a word without letters or digits.</summary>
    public string[] Read(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty) return [];
        var read = new string[words.Length];
        for (var i = 0; i < read.Length; i++) read[i] = Read(words[i].Text);
        return read;
    }

    /// <summary>Reads one word; case, punctuation around it and the kind of apostrophe do not count.</summary>
    public string Read(ReadOnlySpan<char> word)
    {
        while (!word.IsEmpty && !char.IsLetterOrDigit(word[0])) word = word[1..];
        while (!word.IsEmpty && !char.IsLetterOrDigit(word[^1])) word = word[..^1];
        if (word.IsEmpty) return "";
        if (word.Length > LongestWord) return Unknown;
        Span<char> plain = stackalloc char[LongestWord];
        for (var i = 0; i < word.Length; i++) plain[i] = word[i] is '’' or '‘' ? '\'' : char.ToLowerInvariant(word[i]);
        return _words.TryGetValue(plain[..word.Length], out var known) ? known : Unknown;
    }
}
