namespace ContactCenterAgent.Planning.Language;

/// <summary>Finds fixed phrases in tokens.</summary>
internal sealed class Phrases
{
    private readonly string[][] _phrases;

    /// <param name="phrases">Words with single spaces; longer ones win.</param>
    public Phrases(params string[] phrases) => _phrases = [.. phrases.Select(p => p.Split(' ')).OrderByDescending(p => p.Length)];

    /// <summary>The end of the phrase that starts at a token; 0 where none does.</summary>
    public int At(ReadOnlySpan<Token> t, int at)
    {
        foreach (var words in _phrases)
        {
            if (at + words.Length > t.Length) continue;
            var same = true;
            for (var i = 0; i < words.Length && same; i++) same = t[at + i].Text == words[i];
            if (same) return at + words.Length;
        }

        return 0;
    }

    /// <summary>The first place where a phrase stands.</summary>
    public (int From, int To)? Find(ReadOnlySpan<Token> t)
    {
        for (var i = 0; i < t.Length; i++) if (At(t, i) is var end and > 0) return (i, end);
        return null;
    }
}
