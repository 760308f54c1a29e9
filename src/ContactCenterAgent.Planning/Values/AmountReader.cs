using System.Collections.Frozen;
using System.Globalization;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using static ContactCenterAgent.Planning.Values.DateReader;

namespace ContactCenterAgent.Planning.Values;

/// <summary>Lengths of time, counts, plain numbers and money.</summary>
internal static class AmountReader
{
    public static void Durations(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (Duration(t, i) is not { } found) continue;
            into.Add(found);
            i = found.To - 1;
        }
    }

    internal static ValueSpan? Duration(ReadOnlySpan<Token> t, int at)
    {
        if (Is(t, at, "half", "an", "hour") || Is(t, at, "half", "a", "day")) return Length(at, at + 3, t[at + 2].Text is "hour" ? "PT30M" : "PT12H");
        if (Is(t, at, "half", "hour")) return Length(at, at + 2, "PT30M");
        if (Is(t, at, "quarter", "of", "an", "hour")) return Length(at, at + 4, "PT15M");
        if (Is(t, at, "three", "quarters", "of", "an", "hour")) return Length(at, at + 5, "PT45M");
        if (Is(t, at, "fortnight")) return Length(at, at + 1, "P14D");
        var (amount, next) = Is(t, at, "a", "couple", "of") ? (2, at + 3) : t[at].Text is "a" or "an" ? (1, at + 1) : Numbers.Read(t, at) ?? (0, at);
        if (amount == 0 || next >= t.Length) return null;
        var half = Is(t, next, "and", "a", "half") ? 3 : 0;
        next += half;
        if (next >= t.Length) return null;
        var unit = t[next].Text;
        if (half == 0 && Is(t, next + 1, "and", "a", "half")) half = 4;
        var end = next + 1 + (half == 4 ? 3 : 0);
        return unit switch
        {
            "minute" or "minutes" or "min" or "mins" or "minutes'" => Length(at, end, $"PT{amount}M"),
            "hour" or "hours" or "hrs" or "hours'" or "hour's" => Length(at, end, half > 0 ? $"PT{amount}H30M" : $"PT{amount}H"),
            "day" or "days" or "night" or "nights" => Length(at, end, $"P{amount}D"),
            "week" or "weeks" => Length(at, end, $"P{amount * 7}D"),
            "month" or "months" => Length(at, end, $"P{amount}M"),
            "year" or "years" => Length(at, end, $"P{amount}Y"),
            _ => null,
        };
    }

    private static ValueSpan Length(int from, int to, string text) => new(from, to, ParameterType.Duration, text, 0.9);

    /// <summary>"four people", "table for four and a baby" (5), "two adults and one child" (3), "just me" (1), "my wife and I" (2); also bare numbers.</summary>
    public static void Counts(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (Count(t, i) is not { } found) continue;
            into.Add(found);
            i = found.To - 1;
        }
    }

    private static ValueSpan? Count(ReadOnlySpan<Token> t, int at)
    {
        if (Is(t, at, "just", "me") || Is(t, at, "only", "me") || Is(t, at, "by", "myself") || Is(t, at, "on", "my", "own")) return Plain(at, at + (t[at].Text is "on" ? 3 : 2), 1);
        if (Is(t, at, "just", "myself")) return Plain(at, at + 2, 1);
        if (Is(t, at, "a", "couple") && !Is(t, at + 2, "of", "days") && !Is(t, at + 2, "of", "weeks") && !Is(t, at + 2, "of", "hours")) return Plain(at, at + 2, 2);
        if (Is(t, at, "both", "of", "us")) return Plain(at, at + 3, 2);
        var total = 0;
        var (next, named) = (at, false);
        while (Part(t, next) is var (value, after, person))
        {
            if (!person && after < t.Length && t[after].Text is "and" && Is(t, after + 1, "i")) break;
            total += value;
            named |= person;
            next = after;
            var link = next;
            while (link < t.Length && t[link].Text is "and" or "plus" or "with") link++;
            if (Part(t, link) is not (_, _, true) || (link == next && !(t[next - 1].Break == ',' || named))) break;
            next = link;
        }

        if (total == 0 || (total == 1 && t[at].Text is "me" or "myself" or "my" or "i" or "our" or "her" or "his")) return null;
        if (at > 0 && t[at - 1].Text is "than" or "rating" or "least" or "stars" or "number" && !named) return null;
        return named
            ? Plain(at, next, total)
            : Followed(t, next) ? null : new(at, next, ParameterType.Count, total.ToString(CultureInfo.InvariantCulture), 0.4) { Bare = true };
    }

    /// <summary>A number before what is plainly not a count: a time, a day, money.</summary>
    private static bool Followed(ReadOnlySpan<Token> t, int at) =>
        at < t.Length && t[at].Text is "o'clock" or "am" or "pm" or "pounds" or "pound" or "dollars" or "quid" or "thirty" or "fifteen" or "past" or "minutes"
            or "hours" or "hour" or "days" or "weeks" or "week" or "day" or "ish" or "percent" or "months" or "nights";

    /// <summary>"four people", "my wife", "my two sons", "me", "a baby", "4".</summary>
    private static (int Value, int Next, bool Person)? Part(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        if (t[at].Text is "me" or "myself") return (1, at + 1, true);
        if (t[at].Text is "i" && at > 0 && t[at - 1].Text is "and") return (1, at + 1, true);
        var start = t[at].Text is "my" or "our" or "another" or "her" or "his" ? at + 1 : at;
        var (value, next) = Numbers.Read(t, start) ?? (t[at].Text is "a" or "an" ? (1, at + 1) : start > at ? (1, start) : (0, at));
        if (Is(t, next, "grown", "ups")) return (value, next + 2, true);
        if (value is <= 0 or > 1000 || t[next - 1].Text.IndexOfAny([':', '.']) >= 0) return null;
        if (Is(t, next, "of", "us")) return (value, next + 2, true);
        if (next < t.Length && t[next].Text is "more" or "other" or "young" or "small" or "little") next++;
        if (next < t.Length && Counted.Contains(t[next].Text)) return (value, next + 1, true);
        return t[at].Text is "a" or "an" || start > at ? null : (value, next, false);
    }

    /// <summary>What is counted when places are booked: people by any word, and the things they take.</summary>
    private static readonly FrozenSet<string> Counted = (
        "people persons person guests guest adults adult children child kids kid baby babies infant infants toddler toddlers teen teens teenager teenagers diners covers seats seat tickets ticket passengers passenger " +
        "travellers travelers rooms room pairs boxes items bags friends friend others folks men women man woman ladies gentlemen girls boys wife husband partner brother sister brothers sisters son sons daughter daughters " +
        "mother father mum mom dad parents parent aunt uncle cousin cousins colleague colleagues girlfriend boyfriend grandmother grandfather grandson grandchildren family").Split(' ').ToFrozenSet();

    private static ValueSpan Plain(int from, int to, int value) => new(from, to, ParameterType.Count, value.ToString(CultureInfo.InvariantCulture), 0.9);

    public static void Decimals(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (Decimal(t, i) is not var (value, next)) continue;
            into.Add(new(i, next, ParameterType.Number, value.ToString("0.######", CultureInfo.InvariantCulture), 0.5) { Bare = true });
            i = next - 1;
        }
    }

    private static (decimal Value, int Next)? Decimal(ReadOnlySpan<Token> t, int at)
    {
        if (at >= t.Length) return null;
        if (t[at].Text.Contains('.') && decimal.TryParse(t[at].Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var written)) return (written, at + 1);
        if (t[at].Text.Contains(',') && decimal.TryParse(t[at].Text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out written)) return (written, at + 1);
        if (Numbers.Read(t, at) is not var (whole, next)) return null;
        decimal value = whole;
        if (next < t.Length && t[next].Text is "point")
        {
            var scale = 0.1m;
            for (next++; next < t.Length && Numbers.Digit(t[next].Text) is { } digit; next++, scale /= 10) value += (digit - '0') * scale;
        }

        return Is(t, next, "and", "a", "half") ? (value + 0.5m, next + 3) : (value, next);
    }

    /// <summary>"twenty pounds", "£20", "$1,200", "20 quid", "nineteen pounds fifty", "50p".</summary>
    public static void Moneys(ReadOnlySpan<Token> t, List<ValueSpan> into)
    {
        for (var i = 0; i < t.Length; i++)
        {
            if (Money(t, i) is not { } found) continue;
            into.Add(found);
            i = found.To - 1;
        }
    }

    private static ValueSpan? Money(ReadOnlySpan<Token> t, int at)
    {
        var text = t[at].Text;
        if (text[0] is '£' or '$' or '€' && decimal.TryParse(text[1..].Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var signed))
        {
            var thousand = at + 1 < t.Length && t[at + 1].Text is "thousand" or "k";
            return Amount(at, at + (thousand ? 2 : 1), signed * (thousand ? 1000 : 1), text[0] switch { '£' => "GBP", '$' => "USD", _ => "EUR" });
        }

        var article = text is "a" or "one" && at + 1 < t.Length && t[at + 1].Text is "pound" or "dollar" or "euro";
        if ((article ? (1m, at + 1) : Decimal(t, at)) is not var (value, next) || next >= t.Length) return null;
        if (Currency(t[next].Text) is not { } currency)
            return t[next].Text is "pence" or "p" ? Amount(at, next + 1, value / 100, "GBP") : t[next].Text is "cents" ? Amount(at, next + 1, value / 100, "USD") : null;
        var after = next + 1;
        var link = Is(t, after, "and") ? after + 1 : after;
        if (Numbers.BelowHundred(t, link) is var (small, end) && small < 100 && value == decimal.Truncate(value)
            && (end < t.Length && t[end].Text is "pence" or "p" or "cents" || link == after && t[next].Break == '\0' && small >= 10 && end >= t.Length))
            return Amount(at, end < t.Length && t[end].Text is "pence" or "p" or "cents" ? end + 1 : end, value + small / 100m, currency);
        return Amount(at, after, value, currency);
    }

    private static string? Currency(string word) => word switch
    {
        "pound" or "pounds" or "quid" => "GBP",
        "dollar" or "dollars" or "bucks" => "USD",
        "euro" or "euros" => "EUR",
        _ => null,
    };

    private static ValueSpan Amount(int from, int to, decimal value, string currency) =>
        new(from, to, ParameterType.Money, value.ToString("0.00", CultureInfo.InvariantCulture) + " " + currency, 0.95);
}
