using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Values;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>
/// Which half of the day a bare hour from seven to eleven means: the one that lies within the times that the reads have shown or that were offered (slots, opening hours),
/// where only one does. Else the morning, less sure.
/// </summary>
internal static class Halves
{
    private const int Noon = 12 * 60;

    /// <summary>What an hour of unknown half is worth; on its own still enough to start a read, never to be sure of.</summary>
    private const double Unsure = 0.7;

    public static List<ValueSpan> Resolve(List<ValueSpan> values, PlanRequest request)
    {
        if (!values.Exists(v => v.EitherHalf)) return values;
        var times = Times(request);
        return [.. values.Select(v => v.EitherHalf ? Resolved(v, times) : v)];
    }

    private static ValueSpan Resolved(ValueSpan value, List<int> times)
    {
        var minute = Narrowed.Minute(value.Canonical);
        if (times.Count > 0)
        {
            var (first, last) = (times.Min(), times.Max());
            var (morning, evening) = (minute >= first && minute <= last, minute + Noon >= first && minute + Noon <= last);
            if (evening && !morning) return value with { Canonical = TimeReader.Text(minute + Noon) };
            if (morning && !evening) return value;
        }

        return value with { Confidence = value.Confidence * Unsure };
    }

    /// <summary>Every time of day in what the reads found and what was read back.</summary>
    private static List<int> Times(PlanRequest request)
    {
        var times = new List<int>();
        foreach (var call in request.Known)
            if (call.Result is { } result) foreach (var row in result.Rows) Add(times, row.Fields);
        if (request.Offered is { } offered) Add(times, offered.Fields);
        return times;
    }

    private static void Add(List<int> times, ImmutableSortedDictionary<string, string> fields)
    {
        foreach (var (_, field) in fields)
        {
            var text = field.Length >= 16 && field[10] == 'T' ? field[11..16] : field;
            if (text.Length == 5 && text[2] == ':' && int.TryParse(text[..2], out var hour) && int.TryParse(text[3..], out var minute) && hour < 25 && minute < 60) times.Add(hour * 60 + minute);
        }
    }
}
