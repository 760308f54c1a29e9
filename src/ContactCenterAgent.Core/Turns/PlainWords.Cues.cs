using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ContactCenterAgent.Core.Turns;

/// <content>Cues: the caller takes something back, is not finished, or wants a new look.</content>
public static partial class PlainWords
{
    private static readonly string[][] CuePhrases =
    [
        .. new[]
        {
            "no", "actually", "sorry", "wait", "hang on", "hold on", "i mean", "i meant", "scratch that", "strike that", "make that",
            "or rather", "correction", "forget that", "change that", "my mistake", "my bad", "oops", "i tell a lie", "on second thoughts",
            "on second thought", "let me rephrase",
        }.Select(p => p.Split(' ')).OrderByDescending(p => p.Length),
    ];

    private static readonly Vocabulary CueWords = new(
        [
            .. CuePhrases.Select(p => string.Join(' ', p)), "um uh er erm ah oh well so right then thanks",
            "i'm yes hello hi hey good morning afternoon please to for about but that i to bother late the a can't cannot can could long",
            "will i'll time times list until till how much have has got there's is are with of in said say saying i've problem problems",
            "idea rush thanks thank one need worries preference later longer more matter bother hurry earlier sooner appointment",
            "appointments booking call payment change possible clear happen work again still now just by from up that i'd we we're we've",
            "better hold sit can may do am would said repeat tell explain spell name same ring come was speak hear thank check try look",
            "okay alright lovely great",
        ],
        ("ok", "okay"), ("yeah", "yes"), ("yep", "yes"), ("nope", "no"), ("nah", "no"));

    /// <summary>The index of the first word of the last cue by which the caller takes back what came before it; null = none.</summary>
    /// <remarks>
    /// "no, Thursday", "no wait", "actually", "I mean", "sorry", "scratch that", "make that", "or rather" and their like. A plain no is an
    /// answer; "sorry" at the start is a courtesy, "no problem" a phrase, "wait time" a noun: none is a cue.
    /// </remarks>
    /// <param name="words">The words of the turn, in order.</param>
    public static int? CorrectionCue(ImmutableArray<Word> words)
    {
        var read = CueWords.Read(words);
        for (var i = read.Length - 1; i >= 0; i--)
        {
            foreach (var cue in CuePhrases)
            {
                if (!read.AsSpan(i).StartsWith(cue)) continue;
                if (!TakesBack(read, i)) break;
                // "no wait" and "no sorry" are one cue, which begins with the no.
                if (i > 0 && cue[0] != "no" && read[i - 1] == "no" && TakesBack(read, i - 1)) i--;
                return ReadAnswer(words) == Affirmation.No ? null : i;
            }
        }

        return null;
    }

    private static bool TakesBack(string[] read, int at)
    {
        var before = at > 0 ? read[at - 1] : "";
        var after = at + 1 < read.Length ? read[at + 1] : "";
        return read[at] switch
        {
            "no" => before is not ("have" or "has" or "got" or "there's" or "is" or "are" or "with" or "of" or "in" or "said" or "say"
                or "saying" or "i've")
                && after is not ("problem" or "problems" or "idea" or "rush" or "thanks" or "thank" or "one" or "need" or "worries"
                or "preference" or "later"
                    or "longer" or "more" or "matter" or "bother" or "hurry" or "earlier" or "sooner" or "appointment" or "appointments"),
            "wait" => before is not ("the" or "a" or "can't" or "cannot" or "can" or "could" or "long" or "will" or "i'll" or "to"
                or "much")
                && after is not ("time" or "times" or "list" or "for" or "until" or "till"),
            "sorry" => after is not ("to" or "for" or "about" or "but" or "that" or "late") && HasMatterBefore(read, at),
            "make" => at + 2 >= read.Length
                || read[at + 2] is not ("appointment" or "booking" or "call" or "payment" or "change" or "possible" or "clear"
                or "happen" or "work"),
            "change" => at + 2 >= read.Length || read[at + 2] is not ("appointment" or "booking"),
            "hold" or "hang" => before is not ("to" or "can" or "could" or "i'll"),
            _ => true,
        };
    }

    private static bool HasMatterBefore(string[] read, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (read[i] is not ("" or "i'm" or "oh" or "ah" or "um" or "uh" or "er" or "erm" or "yes" or "hello" or "hi" or "hey"
                or "good" or "morning"
                or "afternoon" or "so" or "well" or "right" or "okay")) return true;
        }

        return false;
    }

    /// <summary>Whether the words ask for a new look at something that may have changed: "try again", "is it still free", "what about
    /// now".</summary>
    /// <remarks>"Say that again", "the same again" and "thanks again" ask for no look; nor does "I still want", "for now" or a "now" that
    /// opens a sentence.</remarks>
    /// <param name="words">The words of the turn, in order.</param>
    public static bool AsksAgain(ImmutableArray<Word> words)
    {
        var read = CueWords.Read(words);
        for (var i = 0; i < read.Length; i++)
        {
            var before = i > 0 ? read[i - 1] : "";
            var asks = read[i] switch
            {
                "again" => !AboutSpeech(read.AsSpan(0, i)),
                "still" => before is not ("i'm" or "we're" or "i've" or "we've" or "i'd" or "better" or "hold" or "sit")
                    && (before is not ("i" or "we")
                    || (i > 1 && read[i - 2] is "can" or "could" or "may" or "do" or "am" or "are" or "will" or "would")),
                "now" => i > 0 && before is not ("for" or "from" or "by" or "just" or "until" or "till" or "to" or "right" or "okay" or "")
                    && EndsHere(read, i) || before == "right" && i > 1 && EndsHere(read, i),
                _ => false,
            };
            if (asks) return true;
        }

        return false;
    }

    private static bool AboutSpeech(ReadOnlySpan<string> read)
    {
        foreach (var word in read)
        {
            if (word is "say" or "saying" or "said" or "repeat" or "tell" or "thanks" or "thank" or "explain" or "spell" or "name"
                or "hello" or "hi" or "same"
                or "call" or "ring" or "come" or "was" or "speak" or "hear" or "happen") return true;
        }

        return false;
    }

    private static bool EndsHere(string[] read, int at)
    {
        for (var i = at + 1; i < read.Length; i++)
            if (read[i] is not ("" or "please" or "thanks" or "thank" or "then" or "um" or "uh" or "er")) return false;
        return true;
    }
}
