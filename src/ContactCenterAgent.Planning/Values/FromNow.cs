using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;
using NodaTime.Text;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>
/// Times counted from the call's own: "in an hour", "in about twenty minutes", "half an hour from now". To the next five minutes: nobody who says it means the minute.
/// The leading word carries the day, the rest the time, so that each can go to a parameter of its own.
/// </summary>
internal static class FromNow
{
    private const int Step = 5;

    private const double DayConfidence = 0.8, TimeConfidence = 0.9;

    public static void Read(ReadOnlySpan<Token> t, LocalDateTime now, List<ValueSpan> into)
    {
        for (var i = 0; i + 1 < t.Length; i++)
        {
            var start = i + 1;
            if (t[i].Text is "in") while (start < t.Length && t[start].Text is "about" or "around" or "roughly" or "like" or "another") start++;
            else start = i;
            if (start >= t.Length || AmountReader.Duration(t, start) is not { } length || !length.Canonical.StartsWith("PT", StringComparison.Ordinal)) continue;
            var next = Is(t, length.To, "time") ? length.To + 1 : length.To;
            if (t[i].Text is not "in")
            {
                if (!Is(t, length.To, "from", "now")) continue;
                next = length.To + 2;
            }

            var at = Rounded(now + PeriodPattern.NormalizingIso.Parse(length.Canonical).Value);
            into.Add(new(i, i + 1, ParameterType.Date, Canonical(at.Date), DayConfidence));
            into.Add(new(i + 1, next, ParameterType.Time, TimeReader.Text(at.Hour * 60 + at.Minute), TimeConfidence));
            into.Add(new(i, next, ParameterType.DateTime, $"{Canonical(at.Date)}T{TimeReader.Text(at.Hour * 60 + at.Minute)}", TimeConfidence));
            i = next - 1;
        }
    }

    private static LocalDateTime Rounded(LocalDateTime time)
    {
        var over = time.Minute % Step;
        return (over == 0 && time.Second == 0 ? time : time.PlusMinutes(Step - over)).With(TimeAdjusters.TruncateToMinute);
    }
}
