using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Abstractions;

/// <summary>Words of recognisers that give no times of their own: spread evenly over the stretch in which they were said.</summary>
public static class WordTiming
{
    /// <summary>The words of a text, each as long as its letters are.</summary>
    /// <param name="text">Words with white space between.</param>
    /// <param name="start">Where the first begins, from the beginning of the sound.</param>
    /// <param name="end">Where the last ends; before <paramref name="start"/> = there, with no length at all.</param>
    /// <param name="stable">Whether they will not change any more.</param>
    public static ImmutableArray<Word> Spread(string text, TimeSpan start, TimeSpan end, bool stable)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];
        var characters = words.Sum(w => w.Length + 1);
        var length = end > start ? end - start : TimeSpan.Zero;
        var (result, at) = (ImmutableArray.CreateBuilder<Word>(words.Length), 0);
        foreach (var word in words)
        {
            var from = start + (length * at / characters);
            at += word.Length + 1;
            result.Add(new(word, from, start + (length * at / characters), stable));
        }

        return result.MoveToImmutable();
    }

    /// <summary>Words of an utterance that goes on. The runtime stamps its moment.</summary>
    public static PartialHeard Partial(ImmutableArray<Word> words) => new(default, new(words, []));

    /// <summary>Words of an utterance that is over, with its other readings, best first. The runtime stamps its moment.</summary>
    public static FinalHeard Final(ImmutableArray<Word> words, ImmutableArray<string> alternatives) => new(default, new(words, alternatives));
}
