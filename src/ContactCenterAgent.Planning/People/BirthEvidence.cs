using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.People;

/// <summary>Readings of a day of birth, whole or in parts, and the log odds that they speak for a day.</summary>
internal sealed class BirthEvidence
{
    private static readonly LocalDate Latest = new(2026, 12, 31);

    private readonly record struct Parts(int Day, int Month, int Year, float Penalty);

    /// <summary>Readings in figures whose neighbours are looked up.</summary>
    private const int DigitReadingsMax = 4;

    private readonly List<Parts> _readings = [];
    private readonly List<(string Digits, float Penalty)> _digits = [];

    /// <summary>Adds one attempt: a reading that was there before keeps the better of its ranks.</summary>
    public void Add(ImmutableArray<string> readings)
    {
        for (var rank = 0; rank < readings.Length; rank++)
        {
            var penalty = Math.Min(rank * PersonWeights.BirthRank, 1.2f);
            var tokens = Tokens.Of(readings[rank]);
            if (tokens.Length == 0) continue;
            var found = new List<ValueSpan>();
            BirthReader.Read(tokens, Latest, found);
            foreach (var value in found.Where(v => v.Complete))
            {
                var day = DateOnly.ParseExact(value.Canonical, "yyyy-MM-dd");
                Keep(new(day.Day, day.Month, day.Year, penalty));
            }

            if (Loose(tokens) is { } parts) Keep(parts with { Penalty = penalty });
            var digits = string.Concat(readings[rank].Where(char.IsAsciiDigit));
            if (digits.Length is >= 5 and <= 10 && !tokens.Any(t => DateReader.Months.ContainsKey(t.Text)) && !_digits.Exists(d => d.Digits == digits)) _digits.Add((digits, penalty));
        }
    }

    private void Keep(Parts said)
    {
        var known = _readings.FindIndex(r => r.Day == said.Day && r.Month == said.Month && r.Year == said.Year);
        if (known < 0) _readings.Add(said);
        else if (said.Penalty < _readings[known].Penalty) _readings[known] = said;
    }

    public bool IsEmpty => _readings.Count == 0 && _digits.Count == 0;

    /// <summary>A month's name with what stands around it: "author of November 2012" still has month and year.</summary>
    private static Parts? Loose(Token[] tokens)
    {
        var at = Array.FindIndex(tokens, t => DateReader.Months.ContainsKey(t.Text));
        if (at < 0) return null;
        var (day, year) = (0, 0);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i != at && day == 0 && (Numbers.Ordinal(tokens, i) ?? Numbers.BelowHundred(tokens, i)) is var (number, next) && number is >= 1 and <= 31 && i < at + 3 && next <= at + 4) day = number;
            if (year == 0 && Years.Read(tokens, i, allowShort: i > at) is var (said, _) && said is > 1899 and < 2027) year = said;
        }

        return day == 0 && year == 0 ? null : new(day, DateReader.Months[tokens[at].Text], year, 0);
    }

    /// <summary>Log odds that the readings come from a caller born on a day rather than on any day.</summary>
    public float LogOdds(DateOnly day)
    {
        var best = PersonWeights.BirthFloor;
        foreach (var said in _readings)
        {
            var score = -said.Penalty;
            score += said.Day == 0 ? 0 : said.Day == day.Day ? PersonWeights.DaySame : PersonWeights.DayOther;
            score += said.Month == 0 ? 0 : said.Month == day.Month ? PersonWeights.MonthSame : PersonWeights.MonthOther;
            score += said.Year == 0 ? 0 : said.Year == day.Year ? PersonWeights.YearSame : OneOff(said.Year, day.Year) ? PersonWeights.YearNear : PersonWeights.YearOther;
            best = Math.Max(best, score);
        }

        if (_digits.Count == 0) return best;
        Span<char> form = stackalloc char[8];
        day.TryFormat(form, out _, "ddMMyyyy");
        foreach (var (digits, penalty) in _digits)
        {
            // Two edits leave the front or the end of the figures as it was; without either no distance need be computed.
            if (PersonWeights.DigitsSame - penalty <= best || !(digits.AsSpan().EndsWith(form[6..]) || digits.AsSpan().StartsWith(form[..2]) || (form[0] == '0' && digits[0] == form[1]))) continue;
            var edits = Math.Min(Edits(digits, form), Math.Min(Edits(digits, form[1..]), day.Month < 10 ? Edits(digits, Without(form, 2)) : 9));
            if (day is { Day: < 10, Month: < 10 }) edits = Math.Min(edits, Edits(digits, Without(form, 2).AsSpan(1)));
            if (edits <= 2) best = Math.Max(best, PersonWeights.DigitsSame - PersonWeights.DigitEdit * edits - penalty);
        }

        return best;
    }

    private static bool OneOff(int a, int b)
    {
        var different = 0;
        for (var i = 0; i < 4; i++, a /= 10, b /= 10) if (a % 10 != b % 10) different++;
        return different == 1;
    }

    private static char[] Without(ReadOnlySpan<char> form, int at) => [.. form[..at], .. form[(at + 1)..]];

    private static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 2) return 9;
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }

    /// <summary>Days that the readings could mean, likeliest first: as said, one figure of the year off, another day of the month.</summary>
    public IEnumerable<DateOnly> Days()
    {
        var whole = _readings.Where(s => s is { Day: > 0, Month: > 0, Year: > 0 } && s.Day <= DateTime.DaysInMonth(s.Year, s.Month)).ToList();
        foreach (var said in whole) yield return new(said.Year, said.Month, said.Day);
        foreach (var (digits, _) in _digits.Take(DigitReadingsMax))
            foreach (var day in OfDigits(digits)) yield return day;
        foreach (var said in whole)
            for (var year = Math.Max(1900, said.Year - 90); year <= Math.Min(2026, said.Year + 90); year++)
                if (OneOff(year, said.Year) && said.Day <= DateTime.DaysInMonth(year, said.Month)) yield return new(year, said.Month, said.Day);
        foreach (var month in _readings.Where(s => s is { Month: > 0, Year: > 0 }).Select(s => (s.Year, s.Month)).Distinct())
            for (var day = 1; day <= DateTime.DaysInMonth(month.Year, month.Month); day++) yield return new(month.Year, month.Month, day);
    }

    /// <summary>Days whose figures are within one edit of the digits.</summary>
    private static IEnumerable<DateOnly> OfDigits(string digits)
    {
        var tried = new HashSet<string> { digits };
        for (var i = 0; i <= digits.Length; i++)
        {
            if (i < digits.Length) tried.Add(digits.Remove(i, 1));
            for (var c = '0'; c <= '9'; c++)
            {
                tried.Add(digits.Insert(i, c.ToString()));
                if (i < digits.Length) tried.Add(digits[..i] + c + digits[(i + 1)..]);
            }
        }

        foreach (var text in tried)
        {
            if (text.Length is < 6 or > 8) continue;
            var year = int.Parse(text[^4..]);
            if (year is < 1900 or > 2026) continue;
            var front = text[..^4];
            for (var cut = 1; cut < front.Length; cut++)
                if (int.Parse(front[..cut]) is var day and >= 1 and <= 31 && int.Parse(front[cut..]) is var month and >= 1 and <= 12 && day <= DateTime.DaysInMonth(year, month)) yield return new(year, month, day);
        }
    }
}
