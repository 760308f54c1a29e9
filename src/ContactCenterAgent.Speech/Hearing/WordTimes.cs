using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Speech.Hearing;

/// <summary>Times since the first sample become call times.</summary>
internal static class WordTimes
{
    public static CallEvent Shifted(CallEvent heard, TimeSpan began) => heard switch
    {
        PartialHeard partial => partial with { Words = Shifted(partial.Words, began) },
        FinalHeard final => final with { Words = Shifted(final.Words, began) },
        _ => heard,
    };

    private static Transcript Shifted(Transcript heard, TimeSpan began)
    {
        var words = ImmutableArray.CreateBuilder<Word>(heard.Words.Length);
        foreach (var word in heard.Words) words.Add(word with { Start = word.Start + began, End = word.End + began });
        return heard with { Words = words.MoveToImmutable() };
    }
}
