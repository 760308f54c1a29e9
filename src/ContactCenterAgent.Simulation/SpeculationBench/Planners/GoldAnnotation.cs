using System.Collections.Immutable;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;

namespace ContactCenterAgent.Simulation.SpeculationBench.Planners;

/// <summary>
/// Ties a dialogue's annotation to its words. A value belongs to its span, else to the place where its words or its canonical value stand in the
/// text, else to the turn's last word; a yes or a no to the end of the first sentence. A wish belongs to the first word that the method's own name or description uses, else to the last word.
/// </summary>
internal sealed class GoldAnnotation
{
    private static readonly string[] Explained = ["INFORM", "INFORM_INTENT", "AFFIRM_INTENT", "AFFIRM", "SELECT", "NEGATE"];

    private readonly Dictionary<(string Slot, string Value), string> _canonical = [];
    private readonly Dictionary<string, string> _canonicalOfAny = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly ServiceCatalogue _services;
    private ImmutableArray<string> _wanted = [];

    private GoldAnnotation(ServiceCatalogue services) => _services = services;

    /// <summary>The items of every turn, by turn; those of the agent's turns are empty.</summary>
    public static ImmutableArray<ImmutableArray<GoldItem>> Of(RecordedDialogue dialogue, ServiceCatalogue services)
    {
        var annotation = new GoldAnnotation(services);
        return [.. dialogue.Turns.Select(t => t.IsCaller ? annotation.Caller(t) : annotation.Agent(t))];
    }

    private ImmutableArray<GoldItem> Agent(RecordedTurn turn)
    {
        foreach (var act in turn.Acts) Learn(act);
        return [];
    }

    private ImmutableArray<GoldItem> Caller(RecordedTurn turn)
    {
        if (turn.Words.IsEmpty) return [];
        var items = new List<GoldItem>();
        var last = turn.Words.Length - 1;
        foreach (var act in turn.Frames.SelectMany(f => f.Acts)) Learn(act);
        foreach (var frame in turn.Frames)
        {
            foreach (var (slot, values) in frame.State) AddValue(items, turn, frame, slot, values);
            AddWish(items, turn, frame);
            foreach (var act in frame.Acts)
            {
                if (act.Act is "AFFIRM") items.Add(new GoldItem.Answer(0, FirstSentence(turn), Affirmation.Yes));
                else if (act.Act is "NEGATE") items.Add(new GoldItem.Answer(0, FirstSentence(turn), Affirmation.No));
                if (!Explained.Contains(act.Act)) items.Add(new GoldItem.Other(last, last));
            }
        }

        _wanted = [.. turn.Frames.Where(f => _services.Method(f.Service + "." + f.Intent) is not null).Select(f => f.Service + "." + f.Intent).Distinct()];
        items.Add(new GoldItem.OnlyThese(last, last, _wanted));
        return [.. items.OrderBy(i => i.Last)];
    }

    private static int FirstSentence(RecordedTurn turn)
    {
        for (var i = 0; i < turn.Words.Length; i++)
            if (turn.Words[i].Text[^1] is '.' or '!' or '?') return i;
        return turn.Words.Length - 1;
    }

    private void Learn(RecordedAct act)
    {
        for (var i = 0; i < Math.Min(act.Values.Length, act.Canonical.Length); i++)
        {
            _canonical[(act.Slot, act.Values[i])] = act.Canonical[i];
            _canonicalOfAny[act.Values[i]] = act.Canonical[i];
        }
    }

    private void AddValue(List<GoldItem> items, RecordedTurn turn, RecordedFrame frame, string slot, ImmutableArray<string> values)
    {
        var informed = frame.Acts.FirstOrDefault(a => a.Slot == slot && a.Act == "INFORM" && !a.Canonical.IsEmpty);
        var canonical = informed?.Canonical[0] ?? Canonical(slot, values);
        var name = frame.Service + "." + slot;
        if (canonical is null || (_known.TryGetValue(name, out var before) && before == canonical)) return;
        _known[name] = canonical;
        var (first, last) = Place(turn, frame, slot, canonical, values);
        items.Add(new GoldItem.Value(first, last, name, canonical));
    }

    private string? Canonical(string slot, ImmutableArray<string> values)
    {
        foreach (var value in values) if (_canonical.TryGetValue((slot, value), out var known)) return known;
        foreach (var value in values) if (_canonicalOfAny.TryGetValue(value, out var known)) return known;
        return values.IsEmpty ? null : values[0];
    }

    private static (int First, int Last) Place(RecordedTurn turn, RecordedFrame frame, string slot, string canonical, ImmutableArray<string> values)
    {
        var span = frame.Spans.LastOrDefault(s => s.Slot == slot);
        if (span is not null) return Words(turn, span.Start, span.End);
        foreach (var value in values.Append(canonical))
            if (Find(turn.Text, value) is { } at) return Words(turn, at, at + value.Length);
        return (turn.Words.Length - 1, turn.Words.Length - 1);
    }

    private static int? Find(string text, string value)
    {
        for (var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var whole = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + value.Length == text.Length || !char.IsLetterOrDigit(text[at + value.Length]));
            if (whole && value.Length > 0) return at;
        }

        return null;
    }

    private static (int First, int Last) Words(RecordedTurn turn, int start, int end)
    {
        var last = turn.Words.Length - 1;
        while (last > 0 && turn.Words[last].Start >= end) last--;
        var first = last;
        while (first > 0 && turn.Words[first - 1].End > start) first--;
        return (first, last);
    }

    private void AddWish(List<GoldItem> items, RecordedTurn turn, RecordedFrame frame)
    {
        var name = frame.Service + "." + frame.Intent;
        if (_wanted.Contains(name) || _services.Method(name) is not { } method) return;
        var at = turn.Words.Length - 1;
        for (var i = 0; i < turn.Words.Length; i++)
        {
            if (!method.Mentions(turn.Words[i].Text)) continue;
            at = i;
            break;
        }

        items.Add(new GoldItem.Wish(at, at, name));
    }
}
