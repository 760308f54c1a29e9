using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Days that go by a name and have the same date each year. "Over Christmas" is the Eve to Boxing Day.</summary>
internal static class Holidays
{
    private static readonly (string[] Words, int Month, int Day, int Days)[] Named =
    [
        (["christmas", "eve"], 12, 24, 1), (["christmas", "day"], 12, 25, 1), (["boxing", "day"], 12, 26, 1), (["new", "year's", "eve"], 12, 31, 1), (["new", "years", "eve"], 12, 31, 1),
        (["new", "year's", "day"], 1, 1, 1), (["new", "years", "day"], 1, 1, 1), (["hogmanay"], 12, 31, 1), (["valentine's", "day"], 2, 14, 1), (["valentines", "day"], 2, 14, 1), (["halloween"], 10, 31, 1),
        (["over", "christmas"], 12, 24, 3), (["at", "christmas"], 12, 24, 3), (["during", "christmas"], 12, 24, 3), (["christmas", "period"], 12, 24, 3), (["christmas", "holidays"], 12, 24, 3),
        (["over", "new", "year"], 12, 31, 2), (["at", "new", "year"], 12, 31, 2),
    ];

    public static ValueSpan? Read(ReadOnlySpan<Token> t, int at, LocalDate today)
    {
        foreach (var (words, month, day, days) in Named)
        {
            var start = Is(t, at, "the") || (Is(t, at, "over") && words[0] != "over") ? at + 1 : at;
            start = start > at && Is(t, start, "the") ? start + 1 : start;
            if (!Is(t, start, words)) continue;
            var first = new LocalDate(today.Year, month, day);
            if (first.PlusDays(days - 1) < today) first = first.PlusYears(1);
            return new(start, start + words.Length, days == 1 ? ParameterType.Date : ParameterType.DateRange, Canonical(first, first.PlusDays(days - 1)), 0.95);
        }

        return null;
    }
}
