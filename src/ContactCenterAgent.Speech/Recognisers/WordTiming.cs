using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Recognisers;

/// <summary>Words of recognisers that give no times of their own: spread evenly over the stretch in which they were said.</summary>
internal static class WordTiming
{
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

    public static PartialHeard Partial(ImmutableArray<Word> words) => new(default, new(words, []));

    public static FinalHeard Final(ImmutableArray<Word> words, ImmutableArray<string> alternatives) => new(default, new(words, alternatives));
}
