using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <content>Ends of what has been said so far.</content>
public static partial class PlainWords
{
    /// <summary>Words after which English goes on.</summary>
    private static readonly FrozenSet<string> Open = FrozenSet.ToFrozenSet(
        [
            "and", "or", "but", "because", "so", "if", "when", "while", "unless", "plus", "than", "maybe", "perhaps", "either", "on", "at",
            "in", "to", "for", "with", "from", "by", "of", "about", "after", "before", "between", "around", "until", "till", "near",
            "since", "into", "per", "the", "a", "an", "my", "your", "his", "our", "their", "some", "any", "every", "each", "next", "um",
            "uh", "er", "erm", "hmm", "like", "well", "doctor", "dr", "mister", "mr", "mrs", "ms", "miss", "professor", "i", "i'm", "i'd",
            "i'll", "i've", "we", "we're", "is", "are", "was", "it's", "want", "need", "wanna", "gonna", "wanted", "called", "also", "mean",
            "rather",
        ],
        StringComparer.Ordinal);

    /// <summary>Pairs that end a sentence although their second word is open.</summary>
    private static readonly string[] Closed =
    [
        "go on", "hold on", "hang on", "carry on", "later on", "come on", "going on", "put on", "try on", "log in", "come in", "check in",
        "pop in", "walk in", "move in", "me in", "us in", "him in", "her in", "them in", "it in", "think so", "hope so", "guess so",
        "suppose so", "do so", "believe so", "say so", "you like", "you want", "you need", "it is", "that is", "this is", "there is",
        "he is", "she is", "they are", "you are", "we are", "it was", "that was", "what's next", "comes next", "very well", "looking for",
        "it for", "that for", "waiting for", "asked for", "call about", "been before", "day before", "week before", "time before",
        "there before", "you before", "anything before", "anything after", "day after", "week after", "morning after", "soon after",
        "ever since", "located at", "situated at",
    ];

    private static readonly Vocabulary EndingWords = new([.. Open, .. Closed]);

    private static readonly FrozenSet<(string, string)> ClosedPairs =
        Closed.Select(c => c.Split(' ')).Select(c => (c[0], c[1])).ToFrozenSet();

    /// <summary>
    /// Whether the words break off: at a connective, preposition, determiner, title, subject or filler ("on the", "and", "with Doctor", "to
    /// uh"), or within a word ("Thurs-"). More is coming, so the floor is not taken early.
    /// </summary>
    /// <param name="words">The words of the turn so far, in order.</param>
    public static bool Dangles(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty) return false;
        var text = words[^1].Text.AsSpan().TrimEnd();
        if (text.Length > 1 && (text[^1] is '-' or '–' or '—' or '…' || text.EndsWith("..."))) return true;
        var last = EndingWords.Read(text);
        if (!Open.Contains(last)) return false;
        return words.Length == 1 || !ClosedPairs.Contains((EndingWords.Read(words[^2].Text), last));
    }
}
