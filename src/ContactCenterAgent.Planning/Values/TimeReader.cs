using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>
/// Times and ranges of times as they are said. A bare hour is a business hour: 1 to 6 is after noon, 7 to 11 before, unless more is known (<see cref="ValueSpan.EitherHalf"/>). "Two-ish" is half an hour
/// either side.
/// </summary>
internal static class TimeReader
{
    private const int Day = 24 * 60;

    public static void Read(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length;)
        {
            if (Phrase(t, i) is { } found)
            {
                into.Add(found);
                i = found.To;
            }
            else
            {
                i++;
            }
        }
    }

    private static ValueSpan? Phrase(ReadOnlySpan<Token> t, int at)
    {
        if (DayParts.Read(t, at) is { } part) return part;
        var word = t[at].Text;
        var start = at;
        while (start < t.Length && t[start].Text is "at" or "around" or "about" or "roughly" or "approximately" or "before" or "after" or "by" or "until" or "till"
            or "between" or "from" or "exactly" or "for" or "any" or "anytime" or "time") start++;
        if (start > at && t[start - 1].Text is "time" or "any" or "anytime") return null;
        if (start >= t.Length) return null;
        if (Clock(t, start) is not { } clock) return null;
        var introduced = start > at;
        var first = start == at ? "" : t[start - 1].Text;
        var next = clock.Next;
        if (first is not ("before" or "after" or "by") && next + 1 < t.Length
            && (t[next].Text is "to" or "till" or "until" || (t[next].Text is "and" && first is "between"))
            && Clock(t, next + 1) is { } until)
        {
            var (a, b) = Ordered(clock, until);
            if (b > a) return Of(at, until.Next, Range(a, b), 0.9);
        }

        var minute = clock.Minute;
        if (next < t.Length && t[next].Text is "ish") return Of(at, next + 1, Range(minute - 30, minute + 30), 0.9);
        if (!introduced && Is(t, next, "or", "so")) return Of(at, next + 2, Range(minute - 30, minute + 30), 0.85);
        if (Is(t, next, "or", "later") || Is(t, next, "onwards") || Is(t, next, "or", "after")) return Of(at, next + (t[next].Text is "or" ? 2 : 1), Range(minute, Day), 0.9);
        if (Is(t, next, "or", "earlier") || Is(t, next, "or", "before")) return Of(at, next + 2, Range(0, minute), 0.85);
        var bare = clock.Bare && (!introduced || first is "for" or "from" or "to");
        return first switch
        {
            "before" or "by" or "until" or "till" when clock.Bare is false || introduced => Of(at, next, Range(0, minute), clock.Bare ? 0.75 : 0.9),
            "after" => Of(at, next, Range(minute, Day), clock.Bare ? 0.75 : 0.9),
            "between" => new(at, next, ParameterType.TimeRange, Range(minute, Day), 0.5, Complete: false),
            _ => new(clock.Bare && first is "for" or "from" or "exactly" ? start : at, next, ParameterType.Time, Text(minute), bare ? 0.4 : clock.Bare ? 0.8 : 0.95, clock.Complete)
            {
                Bare = bare,
                EitherHalf = !clock.Sure && minute / 60 is >= 7 and <= 11,
            },
        };
    }

    private static ValueSpan Of(int at, int next, string range, double confidence) => new(at, next, ParameterType.TimeRange, range, confidence);

    /// <summary>A range whose ends were said with one "pm" or none: the end is the first such hour after the start.</summary>
    private static (int From, int To) Ordered(ClockTime from, ClockTime to)
    {
        var (a, b) = (from.Minute, to.Minute);
        if (!from.Sure && to.Sure && b >= 12 * 60 && a < 12 * 60 && a + 12 * 60 < b) a += 12 * 60;
        if (!to.Sure && b <= a && b + 12 * 60 > a && b + 12 * 60 < Day) b += 12 * 60;
        return (a, b);
    }

    /// <summary>A time of day without what stands around it.</summary>
    internal static ClockTime? Clock(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        var word = t[at].Text;
        if (word is "noon" or "midday" or "mid-day") return new(12 * 60, at + 1, Sure: true);
        if (word is "midnight") return new(0, at + 1, Sure: true);
        if (Is(t, at, "twelve", "noon") || Is(t, at, "12", "noon")) return new(12 * 60, at + 2, Sure: true);
        if (word is "half" && Hour(t, at + 1) is var (halfOf, afterHalf) && (afterHalf >= t.Length || t[afterHalf].Text is not ("hour" or "hours" or "of")))
            return Ending(t, afterHalf, halfOf, 30, bare: false);
        if (Past(t, at) is var (minutes, past, next))
        {
            if (Hour(t, next) is not var (hour, after))
                return next >= t.Length ? new ClockTime(0, next, Sure: false) { Complete = false } : null;
            return past ? Ending(t, after, hour, minutes, bare: false) : Ending(t, after, hour == 0 ? 23 : hour == 1 ? 12 : hour - 1, 60 - minutes, bare: false);
        }

        if (word.Length is 4 or 5 && word.IndexOfAny([':', '.']) is var colon and > 0 && int.TryParse(word[..colon], out var h) && int.TryParse(word[(colon + 1)..], out var m)
            && h < 24 && m < 60 && word.Length - colon == 3)
            return Ending(t, at + 1, h, m, bare: false);
        if (word.Length is 3 or 4 && int.TryParse(word, out var military) && military % 100 < 60 && military / 100 is < 24
            && (word.Length == 3 || at + 1 < t.Length && t[at + 1].Text is "hours" or "hrs" or "pm" or "am" || word[0] is '0'))
            return Ending(t, at + 1, military / 100, military % 100, bare: word.Length == 3);
        return Hour(t, at) is var (plain, afterHour) ? AfterHour(t, plain, afterHour) : null;
    }

    /// <summary>"two thirty", "two oh five", "two o'clock", "two pm", "two".</summary>
    private static ClockTime? AfterHour(ReadOnlySpan<Token> t, int hour, int at)
    {
        if (at < t.Length && t[at].Text is "o'clock" or "oclock") return Ending(t, at + 1, hour, 0, bare: false);
        if (Is(t, at, "o", "clock")) return Ending(t, at + 2, hour, 0, bare: false);
        if (at < t.Length && t[at - 1].Break == '\0' && hour <= 24)
        {
            if (Numbers.Digit(t[at].Text) is '0' && at + 1 < t.Length && Numbers.Digit(t[at + 1].Text) is { } unit and not '0') return Ending(t, at + 2, hour, unit - '0', bare: false);
            if (Numbers.BelowHundred(t, at) is var (minutes, next) && minutes is >= 10 and < 60
                && (minutes % 5 == 0 || t[at].Text.Length == 2 && char.IsAsciiDigit(t[at].Text[0]))
                && (next >= t.Length || t[next].Text is not ("minutes" or "people" or "of" or "pounds" or "days")))
                return Ending(t, next, hour, minutes, bare: false);
        }

        return Ending(t, at, hour, 0, bare: true);
    }

    /// <summary>"pm", "in the afternoon", "at night", "in the morning" behind a time; without one, business hours.</summary>
    private static ClockTime Ending(ReadOnlySpan<Token> t, int at, int hour, int minutes, bool bare)
    {
        if (at < t.Length && t[at].Text is "o'clock") at++;
        var (half, next) = Half(t, at);
        var sure = half != 0 || hour > 12 || hour == 0;
        if (half == 2 && hour < 12) hour += 12;
        if (half == 1 && hour == 12) hour = 0;
        if (half == 0 && hour is >= 1 and <= 6) hour += 12;
        return new(Math.Min(hour * 60 + minutes, Day - 1), next, sure) { Bare = bare && half == 0 };
    }

    private static (int Half, int Next) Half(ReadOnlySpan<Token> t, int at)
    {
        if (Is(t, at, "pm")) return (2, at + 1);
        if (Is(t, at, "am")) return (1, at + 1);
        if (Is(t, at, "p", "m")) return (2, at + 2);
        if (Is(t, at, "a", "m")) return (1, at + 2);
        if (Is(t, at, "in", "the", "afternoon") || Is(t, at, "in", "the", "evening")) return (2, at + 3);
        if (Is(t, at, "tonight") || Is(t, at, "this", "evening") || Is(t, at, "this", "afternoon")) return (2, at);
        if (Is(t, at, "in", "the", "morning")) return (1, at + 3);
        return Is(t, at, "at", "night") ? (2, at + 2) : (0, at);
    }

    /// <summary>"half past", "quarter to", "ten past", "twenty five minutes to".</summary>
    private static (int Minutes, bool Past, int Next)? Past(ReadOnlySpan<Token> t, int at)
    {
        var start = t[at].Text is "a" ? at + 1 : at;
        if (start >= t.Length) return null;
        var (minutes, next) = t[start].Text switch
        {
            "half" => (30, start + 1),
            "quarter" => (15, start + 1),
            _ => Numbers.BelowHundred(t, start) is var (m, after) && m is > 0 and < 30 && (m % 5 == 0 || after < t.Length && t[after].Text is "minutes") ? (m, after) : (0, at),
        };
        if (minutes == 0 || next >= t.Length) return minutes == 15 && next >= t.Length ? (15, true, next) : null;
        if (t[next].Text is "minutes" or "mins") next++;
        if (next >= t.Length) return null;
        if (t[next].Text is "past" or "after") return (minutes, true, next + 1);
        if (minutes == 30 || t[next].Text is not ("to" or "before" or "til" or "till")) return null;

        // "10 to 12" in figures is a range, "ten to twelve" in words ten minutes before.
        var figures = char.IsAsciiDigit(t[start].Text[0]) && minutes <= 12;
        return t[start].Text is "quarter" || (!figures && minutes % 5 == 0 && Hour(t, next + 1) is not null) ? (minutes, false, next + 1) : null;
    }

    private static (int Hour, int Next)? Hour(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length || t[at].Text is "zero" or "0") return null;
        return Numbers.BelowHundred(t, at) is var (v, next) && v is >= 1 and <= 23 && (t[at].Text.Length < 3 || next == at + 1) ? (v, next) : null;
    }

    internal static string Text(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    internal static string Range(int from, int to) => $"{Text(Math.Clamp(from, 0, Day))}/{Text(Math.Clamp(to, 0, Day))}";
}

/// <summary>A clock time as read.</summary>
/// <param name="Minute">Minutes since midnight.</param>
/// <param name="Next">First token after it.</param>
/// <param name="Sure">Its half of the day was said.</param>
internal readonly record struct ClockTime(int Minute, int Next, bool Sure)
{
    /// <summary>Only an hour's number.</summary>
    public bool Bare { get; init; }

    /// <summary>False in the middle of one: "half past".</summary>
    public bool Complete { get; init; } = true;
}
