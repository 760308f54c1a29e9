using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <content>A yes with a question behind it.</content>
public static partial class PlainWords
{
    /// <summary>How a question that only wants to know something begins. None of them begins a change.</summary>
    private static readonly string[][] QuestionHeads =
    [
        .. new[]
        {
            "what", "what's", "where", "where's", "when", "when's", "how", "how's", "who", "which", "is it", "is there", "is that", "is the", "are they", "are there", "are the",
            "do they", "do you", "does it", "does the", "does that", "will it", "will there", "can i get", "can i have", "can i know", "may i know", "may i have", "could i get",
            "could i have", "can you tell", "can you give", "can you send", "can you find", "could you tell", "could you give", "could you send", "please tell", "please give",
            "please send", "tell me", "give me", "i'd like to know", "i would like to know", "i want to know", "i need to know", "i just need to know", "let me know",
        }.Select(h => h.Split(' ')),
    ];

    /// <summary>What may lead from the yes to the question.</summary>
    private static readonly FrozenSet<string> Links = FrozenSet.ToFrozenSet(["and", "also", "by", "the", "way", ""], StringComparer.Ordinal);

    /// <summary>Words that may change what was agreed to: with any of them it is no longer a yes and a question.</summary>
    private static readonly string[] MayChange =
    [
        "but", "actually", "except", "only", "although", "though", "wait", "hang", "hold", "make", "if", "unless", "instead", "no", "not", "don't", "doesn't", "isn't", "can't",
        "won't", "never", "change", "move", "switch", "different", "another", "other", "else", "earlier", "later", "sooner", "rather", "prefer", "cheaper", "better", "bigger",
        "smaller", "sorry", "mean", "meant", "cancel", "add", "plus", "remove", "without", "today", "tonight", "tomorrow", "morning", "afternoon", "evening", "noon", "midday",
        "midnight", "am", "pm", "o'clock", "half", "quarter", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        "ten", "eleven", "twelve", "first", "second", "third", "last", "next", "week", "weekend",
    ];

    private static readonly FrozenSet<string> Changing = FrozenSet.ToFrozenSet(MayChange, StringComparer.Ordinal);

    private static readonly Vocabulary QuestionWords = new([.. QuestionHeads.Select(h => string.Join(' ', h)), .. Links.Where(l => l.Length > 0), .. MayChange]);

    /// <summary>
    /// Whether the words are a yes and, behind it, a question that only wants to know something: "yes please, and where is it?". A word that might change
    /// what was agreed to (a number, a day, "but", "instead", "earlier") makes it something else, and so does any other sentence.
    /// </summary>
    /// <remarks>Whoever acts on it makes sure besides that a planner which has read all the words still wants the same.</remarks>
    /// <param name="words">The words of the turn, in order.</param>
    public static bool IsYesThenQuestion(ImmutableArray<Word> words)
    {
        if (words.IsDefaultOrEmpty) return false;
        words = WithoutRepeats(words);
        var read = AnswerWords.Read(words);
        var (at, yes) = (0, false);
        while (at < read.Length)
        {
            var (kind, length) = Match(read, at);
            if (kind == Part.No) return false;
            if (kind == Part.Rest) break;
            yes |= kind is Part.Yes or Part.Assent;
            at += length;
        }

        if (!yes || at == read.Length) return false;
        var rest = QuestionWords.Read(words).AsSpan(at);
        foreach (var (i, word) in words.Skip(at).Index())
            if (Changing.Contains(rest[i]) || word.Text.Any(char.IsDigit)) return false;
        while (!rest.IsEmpty && Links.Contains(rest[0])) rest = rest[1..];
        foreach (var head in QuestionHeads) if (rest.StartsWith(head)) return true;
        return false;
    }
}
