using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <summary>
/// Readers of a caller's words that need no model: a plain yes or no, sounds of attention, cues of correction, an unfinished end, the wish
/// for a new look. English as heard on British lines. Pure, thread-safe, a few microseconds for a long turn; case and punctuation carry no
/// meaning.
/// </summary>
public static partial class PlainWords
{
    /// <summary>More words than this are never a plain answer.</summary>
    private const int PlainAnswerWords = 16;

    /// <summary>Whoever says more than this wants the floor.</summary>
    private const int AttentionWordsMax = 6;

    /// <summary>Reads a yes or a no.</summary>
    /// <remarks>
    /// Every word must belong to the answer; fillers and courtesies are skipped. A word of assent that also opens other matters ("okay",
    /// "sure", "great") is a yes only alone. "Right" and "mm-hm" are attention and no answer: what cannot be undone does not hang on them.
    /// </remarks>
    /// <param name="words">The words of the turn, in order.</param>
    public static Affirmation ReadAnswer(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty) return Affirmation.None;
        var read = AnswerWords.Read(WithoutRepeats(words));
        bool yes = false, firmYes = false, no = false, please = false, opening = true;
        for (var i = 0; i < read.Length;)
        {
            var (kind, length) = Match(read, i);
            switch (kind)
            {
                case Part.Yes: yes = firmYes = true; opening = false; break;
                case Part.Assent: yes = true; opening = false; break;
                case Part.No: no = true; opening = false; break;
                case Part.Please: please = true; break;
                case Part.Rest when opening: return Affirmation.None;
                case Part.Rest: return firmYes || no || Changes.Contains(read[i]) ? Affirmation.Mixed : Affirmation.None;
            }

            i += length;
        }

        if (yes && no) return Affirmation.Mixed;
        if (read.Length > PlainAnswerWords) return Affirmation.None;
        return no ? Affirmation.No : yes || please ? Affirmation.Yes : Affirmation.None;
    }

    /// <summary>A word said twice in a row ("that that's fine") is one that the speaker stumbled over.</summary>
    private static ImmutableArray<Word> WithoutRepeats(ImmutableArray<Word> words)
    {
        for (var i = 1; i < words.Length; i++)
            if (IsRepeated(words[i - 1].Text, words[i].Text)) return [.. words.Where((word, at) => at == 0 || !IsRepeated(words[at - 1].Text, word.Text))];
        return words;
    }

    private static bool IsRepeated(string before, string word) =>
        before.AsSpan().TrimEnd(".,!?-").Equals(word.AsSpan().TrimEnd(".,!?-"), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the words only show attention ("mm-hm", "right", "okay", "I see"): while the agent speaks they do not stop it. A yes or a no
    /// is an answer and never attention; "okay" is both, and the moment decides which.
    /// </summary>
    /// <param name="words">The words of the turn, in order.</param>
    public static bool IsBackchannel(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty || words.Length > AttentionWordsMax) return false;
        var read = AttentionWords.Read(words);
        var any = false;
        for (var i = 0; i < read.Length; i++)
        {
            var next = i + 1 < read.Length ? read[i + 1] : "";
            var pair = (read[i], next) is ("i", "see") or ("uh", "huh") or ("mm", "hm") or ("got", "it") or ("fair", "enough") or ("all", "right");
            if (!pair && read[i] is Vocabulary.Unknown or "i" or "see" or "uh" or "huh" or "got" or "it" or "fair" or "enough"
                or "all") return false;
            any |= read[i].Length > 0;
            if (pair) i++;
        }

        return any;
    }

    private static readonly Vocabulary AttentionWords = new(
        ["mm hm mmm hmm mhm mm-hm mm-hmm mmhm mmhmm mhmm uh-huh huh uh right okay i see got it fair enough all alright oh ah aha cool"],
        ("ok", "okay"), ("okey", "okay"), ("aye-aye", "okay"));

    private static (Part Kind, int Length) Match(string[] read, int at)
    {
        if (read[at].Length == 0) return (Part.Filler, 1);
        if (!Parts.TryGetValue(read[at], out var phrases)) return (Part.Rest, 1);
        foreach (var (words, kind) in phrases)
            if (read.AsSpan(at).StartsWith(words)) return (kind, words.Length);
        return (Part.Rest, 1);
    }
}
