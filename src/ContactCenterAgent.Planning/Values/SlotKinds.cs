using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Planning.Language;
using NodaTime;

namespace ContactCenterAgent.Planning.Values;

/// <summary>The kinds of value that a tool set asks for, each read once: parameters of one type and the same values or pattern share a kind.</summary>
internal sealed class SlotKinds
{
    private readonly HashSet<ParameterType> _types = [];
    private readonly List<(string Key, ChoiceReader Reader)> _choices = [];
    private readonly List<(string Key, Regex Pattern)> _references = [];
    private readonly NameReader _names;

    /// <summary>How long a declared pattern may take on one run of characters.</summary>
    private static readonly TimeSpan PatternMax = TimeSpan.FromSeconds(1);

    public SlotKinds(ImmutableArray<ToolDescriptor> tools, INameLists lists)
    {
        _names = new(lists);
        foreach (var parameter in tools.SelectMany(t => t.Parameters))
        {
            _types.Add(parameter.Type);
            if (parameter.Type == ParameterType.Choice) Kind(parameter, _choices, kind => new ChoiceReader(parameter.Values, kind));
            if (parameter.Type == ParameterType.Reference) Kind(parameter, _references, _ => new Regex(Unanchored(parameter.Pattern), RegexOptions.CultureInvariant, PatternMax));
        }
    }

    private static string Unanchored(string? pattern) => (pattern ?? "[A-Z]{0,3}[0-9]{3,12}").TrimStart('^').TrimEnd('$');

    private static void Kind<T>(ToolParameter parameter, List<(string Key, T Value)> list, Func<int, T> make)
    {
        var key = Key(parameter);
        if (!list.Exists(k => k.Key == key)) list.Add((key, make(list.Count)));
    }

    private static string Key(ToolParameter parameter) => parameter.Type == ParameterType.Choice
        ? string.Join('|', parameter.Values.Select(v => v.Value + "=" + string.Join(',', v.Words)))
        : parameter.Pattern ?? "";

    /// <summary>The kind that a parameter's values carry; -1 where the type says it all.</summary>
    public int KindOf(ToolParameter parameter)
    {
        var key = Key(parameter);
        return parameter.Type switch
        {
            ParameterType.Choice => _choices.FindIndex(c => c.Key == key),
            ParameterType.Reference => _references.FindIndex(c => c.Key == key),
            _ => -1,
        };
    }

    /// <summary>All values of all kinds in the words; they may overlap.</summary>
    /// <param name="t">The words.</param>
    /// <param name="today">The day on which they are said.</param>
    /// <param name="now">The time at which they are said; null = unknown, and nothing is counted from it.</param>
    public List<ValueSpan> Read(Token[] t, LocalDate today, LocalTime? now = null)
    {
        var spans = new List<ValueSpan>();
        if (t.Length == 0) return spans;
        if (Has(ParameterType.Date, ParameterType.DateRange, ParameterType.DateTime)) DateReader.Read(t, today, spans);
        if (Has(ParameterType.DateOfBirth)) BirthReader.Read(t, today, spans);
        if (Has(ParameterType.Time, ParameterType.TimeRange, ParameterType.DateTime)) TimeReader.Read(t, spans);
        if (Has(ParameterType.DateTime)) Moments(t, spans);
        if (now is { } time && Has(ParameterType.Time, ParameterType.TimeRange, ParameterType.DateTime)) FromNow.Read(t, today + time, spans);
        if (Has(ParameterType.Duration)) AmountReader.Durations(t, spans);
        if (Has(ParameterType.Count)) AmountReader.Counts(t, spans);
        if (Has(ParameterType.Number)) AmountReader.Decimals(t, spans);
        if (Has(ParameterType.Money)) AmountReader.Moneys(t, spans);
        if (Has(ParameterType.Phone)) CodeReader.Phones(t, spans);
        if (Has(ParameterType.Postcode)) CodeReader.Postcodes(t, spans);
        if (Has(ParameterType.Digits)) CodeReader.Digits(t, spans);
        if (Has(ParameterType.Email)) EmailReader.Read(t, spans);
        if (Has(ParameterType.PersonName)) _names.Read(t, spans);
        if (Has(ParameterType.Place)) PlaceReader.Read(t, spans);
        for (var i = 0; i < _references.Count; i++) CodeReader.References(t, _references[i].Pattern, i, spans);
        if (_choices.Count == 0) return spans;
        var stems = new string[t.Length];
        for (var i = 0; i < t.Length; i++) stems[i] = ChoiceReader.Stem(t[i].Text);
        foreach (var (_, reader) in _choices) reader.Read(t, stems, spans);
        return spans;
    }

    /// <summary>A day and a time beside each other are a moment: "Thursday at two", "half past two on the third".</summary>
    private static void Moments(Token[] t, List<ValueSpan> spans)
    {
        var (days, times) = (spans.Where(s => s.Type == ParameterType.Date).ToList(), spans.Where(s => s is { Type: ParameterType.Time, Complete: true }).ToList());
        foreach (var day in days)
        {
            foreach (var time in times)
            {
                var (first, second) = day.From < time.From ? (day, time) : (time, day);
                if (second.From < first.To || second.From - first.To > 1 || (second.From > first.To && t[first.To].Text is not ("at" or "on" or "for" or "around"))) continue;
                spans.Add(new(first.From, second.To, ParameterType.DateTime, day.Canonical + "T" + time.Canonical, Math.Min(day.Confidence, Math.Max(time.Confidence, 0.7))));
            }
        }
    }

    private bool Has(params ReadOnlySpan<ParameterType> types)
    {
        foreach (var type in types) if (_types.Contains(type)) return true;
        return false;
    }
}
