using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Parts of the day: "in the afternoon", "after lunch", "first thing", "late morning".</summary>
internal static class DayParts
{
    private static readonly (string[] Words, string Range)[] Phrases =
    [
        (["first", "thing", "in", "the", "morning"], "00:00/10:00"), (["first", "thing"], "00:00/10:00"), (["early", "in", "the", "morning"], "00:00/10:00"),
        (["early", "morning"], "00:00/10:00"), (["late", "morning"], "10:00/12:00"), (["mid", "morning"], "10:00/12:00"), (["midmorning"], "10:00/12:00"),
        (["before", "lunch"], "00:00/12:00"), (["before", "noon"], "00:00/12:00"), (["before", "work"], "00:00/09:00"),
        (["after", "lunch"], "13:00/17:00"), (["around", "lunchtime"], "12:00/14:00"), (["lunchtime"], "12:00/14:00"), (["lunch", "time"], "12:00/14:00"),
        (["over", "lunch"], "12:00/14:00"), (["early", "afternoon"], "12:00/15:00"), (["early", "in", "the", "afternoon"], "12:00/15:00"),
        (["late", "afternoon"], "15:00/18:00"), (["late", "in", "the", "afternoon"], "15:00/18:00"), (["later", "in", "the", "afternoon"], "15:00/18:00"),
        (["mid", "afternoon"], "14:00/16:00"), (["end", "of", "the", "day"], "16:00/18:00"), (["after", "work"], "17:00/24:00"), (["after", "school"], "15:30/18:00"),
        (["early", "evening"], "17:00/19:00"), (["late", "evening"], "20:00/24:00"),
        (["any", "time"], "00:00/24:00"), (["anytime"], "00:00/24:00"), (["all", "day"], "00:00/24:00"),
        (["morning"], "00:00/12:00"), (["mornings"], "00:00/12:00"), (["afternoon"], "12:00/17:00"), (["afternoons"], "12:00/17:00"),
        (["evening"], "17:00/24:00"), (["evenings"], "17:00/24:00"), (["tonight"], "17:00/24:00"), (["night"], "18:00/24:00"),
    ];

    public static ValueSpan? Read(ReadOnlySpan<Token> t, int at)
    {
        foreach (var (words, range) in Phrases)
        {
            if (!Is(t, at, words)) continue;
            var next = at + words.Length;
            if (words[0] is "any" or "anytime" && next < t.Length && t[next].Text is "after" or "before" or "between" or "from") return null;
            var greeting = at > 0 && t[at - 1].Text is "good" or "happy";
            return greeting ? null : new(at, next, ParameterType.TimeRange, range, words.Length > 1 ? 0.9 : 0.85);
        }

        return null;
    }
}
