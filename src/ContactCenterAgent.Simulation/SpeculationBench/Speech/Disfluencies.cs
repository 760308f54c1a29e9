using System.Collections.Immutable;

namespace ContactCenterAgent.Simulation.SpeculationBench.Speech;

/// <summary>What a hesitant caller says before a word: a filler, the word twice, a start that leads nowhere, a value that is taken back at once.</summary>
internal static class Disfluencies
{
    private static readonly ImmutableArray<string> Fillers = ["uh", "um", "uh", "um", "you know"];

    private static readonly ImmutableArray<string> Starts = ["I want", "I need", "can you", "I was", "so I"];

    private static readonly ImmutableArray<string> Cues = ["no sorry", "no wait", "I mean", "actually no"];

    /// <summary>Words that carry no content: they are the ones that callers repeat, and no filler comes before them.</summary>
    private static readonly ImmutableHashSet<string> Small = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "a", "an", "and", "are", "at", "be", "can", "do", "for", "from", "i", "i'd", "i'm", "in", "is", "it", "me",
        "my", "of", "on", "or", "so", "that", "the", "there", "to", "we", "with", "you");

    /// <summary>A sentence of fewer words is too short for a false start.</summary>
    private const int LongSentence = 4;

    /// <summary>What is said before a word; at most one kind at a place.</summary>
    /// <param name="word">The word.</param>
    /// <param name="chance">0 to 1.</param>
    /// <param name="draws">The turn's.</param>
    /// <param name="values">Where wrong values come from; null where the turn has had its one.</param>
    public static Before Of(SpokenWord word, double chance, SpeechDraws draws, WrongValues? values)
    {
        if (word.Begins is { } span && values is not null && draws.Chance("wrong value", word.Source, chance)
            && values.Other(word.BeginsIn!, span, n => draws.Index("which value", word.Source, n)) is { } other)
        {
            return new([.. SpokenWords.Of(other.Text)], Pick(Cues, "cue", word, draws), new(word.BeginsIn!.Service, span.Slot, other.Canonical, 0, 0));
        }

        if (word is { BeginsSentence: true, SentenceLeft: >= LongSentence } && draws.Chance("false start", word.Source, chance)) return new(Pick(Starts, "start", word, draws), [], null);
        if (word.InSpan || !draws.Chance("hesitation", word.Source, chance)) return Before.Nothing;
        return Small.Contains(word.Text) ? new([word.Text], [], null) : new(Pick(Fillers, "filler", word, draws), [], null);
    }

    private static ImmutableArray<string> Pick(ImmutableArray<string> phrases, string what, SpokenWord word, SpeechDraws draws) =>
        [.. phrases[draws.Index(what, word.Source, phrases.Length)].Split(' ')];

    /// <summary>Words said first, and those that take them back.</summary>
    /// <param name="Said">In order.</param>
    /// <param name="Cue">Takes a wrong value back; else empty.</param>
    /// <param name="Wrong">The wrong value that <paramref name="Said"/> says, its place still open; else null.</param>
    internal readonly record struct Before(ImmutableArray<string> Said, ImmutableArray<string> Cue, WrongValue? Wrong)
    {
        public static readonly Before Nothing = new([], [], null);
    }
}
