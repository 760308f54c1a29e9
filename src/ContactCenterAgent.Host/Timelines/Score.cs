namespace ContactCenterAgent.Host.Timelines;

/// <summary>What a timeline's rows come to: words, sentences, bars and marks with their times, and what the axis must make room for.</summary>
internal sealed class Score
{
    private readonly SortedDictionary<int, Sound> _words = [];
    private readonly SortedDictionary<int, Sound> _sentences = [];
    private readonly List<Bar> _bars = [];
    private readonly List<Sound> _marks = [];
    private readonly List<Span> _spans = [];
    private readonly List<int> _firstWords = [];
    private bool _floorChanged = true;

    /// <summary>Something heard or written at a moment; <paramref name="To"/> is null while a sentence is being said.</summary>
    public sealed record Sound(TimeSpan At, TimeSpan? To, string Text, Tone Tone);

    /// <summary>Something that took time; <paramref name="To"/> is null while it runs. Holds have their placing call's number, negated.</summary>
    public sealed record Bar(int Id, string Text, TimeSpan From, TimeSpan? To, Tone Tone, string Sign);

    public IEnumerable<Sound> Words => _words.Values;

    public IEnumerable<Sound> Sentences => _sentences.Values;

    public IReadOnlyList<Bar> Bars => _bars;

    public IReadOnlyList<Sound> Marks => _marks;

    /// <summary>When each of the caller's turns began.</summary>
    public IEnumerable<TimeSpan> Turns => _firstWords.Where(_words.ContainsKey).Select(id => _words[id].At);

    /// <summary>Reads rows in order.</summary>
    public static Score Read(IReadOnlyList<TimelineRow> rows)
    {
        var score = new Score();
        foreach (var row in rows) score.Add(row);
        return score;
    }

    /// <summary>What the axis must make room for.</summary>
    public IReadOnlyList<Span> Spans(TimeSpan now)
    {
        var words = _words.Values.ToList();
        for (var i = 1; i < words.Count; i++) _spans.Add(new(words[i - 1].At, words[i].At, words[i - 1].Text.Length + 1));
        foreach (var said in _sentences.Values) _spans.Add(new(said.At, said.To ?? now, said.To is null ? 0 : said.Text.Length + 3));
        foreach (var bar in _bars) _spans.Add(new(bar.From, bar.To ?? now, 2));
        foreach (var mark in _marks) _spans.Add(new(TimeSpan.Zero, mark.At, 0));
        return _spans;
    }

    private void Add(TimelineRow row)
    {
        switch (row.Kind)
        {
            case RowKind.Heard: Hear(row); break;
            case RowKind.Revised: _words[row.Id] = _words[row.Id] with { Text = row.Text, Tone = Tone.Revised }; break;
            case RowKind.Unheard: _words.Remove(row.Id); break;
            case RowKind.Speaking: _sentences[row.Id] = new(row.At, null, row.Text, row.Note is "filler" or "echo" ? Tone.Filler : Tone.Agent); break;
            case RowKind.Said: EndSentence(row, row.Text); break;
            case RowKind.Cut: EndSentence(row, row.Text.TrimEnd() + " —"); break;
            case RowKind.Started: _bars.Add(new(row.Id, row.Text, row.At, null, Tone.Running, "")); break;
            case RowKind.Reused: _bars.Add(new(row.Id, row.Text, row.At, row.At, Tone.Ok, "reused")); break;
            case RowKind.Held: _bars.Add(new(-row.Id, "held", row.At, null, Tone.Hold, "")); break;
            case RowKind.Finished: EndBar(row.Id, row, Tone.Ok, "✓"); break;
            case RowKind.Superseded: EndBar(row.Id, row, Tone.Superseded, "✗"); break;
            case RowKind.Failed: EndBar(row.Id, row, Tone.Failed, "failed"); break;
            case RowKind.Confirmed: EndBar(-row.Id, row, Tone.Confirmed, "confirmed"); break;
            case RowKind.Released: EndBar(-row.Id, row, Tone.Released, "released"); break;
            case RowKind.Expired: EndBar(-row.Id, row, Tone.Released, "expired"); break;
            case RowKind.Unknown: Mark(row, "outcome unknown", Tone.Mark); break;
            case RowKind.Answered: Mark(row, "◆ " + row.Text, Tone.Latency); break;
            case RowKind.Closed: CloseTurn(row); break;
            case RowKind.BargedIn: Mark(row, "barge-in", Tone.Mark); break;
            case RowKind.Switched: Mark(row, row.Text, Tone.Mark); break;
            case RowKind.Transferring: Mark(row, "to a person", Tone.Mark); break;
            case RowKind.HungUp or RowKind.Ended: Mark(row, row.Text, Tone.Mark); break;
            default: break;   // Kept, cancelled and what becomes of a proposal: the bars of its calls and its hold say it.
        }
    }

    private void Hear(TimelineRow row)
    {
        if (_floorChanged) _firstWords.Add(row.Id);
        _floorChanged = false;
        _words[row.Id] = new(row.From ?? row.At, null, row.Text, Tone.Word);
    }

    private void CloseTurn(TimelineRow row)
    {
        if (_words.Count > 0) _spans.Add(new(_words.Last().Value.At, row.At, _words.Last().Value.Text.Length + 1));
        _floorChanged = true;
        Mark(row, "▼", Tone.Mark);
    }

    private void Mark(TimelineRow row, string text, Tone tone) => _marks.Add(new(row.At, row.At, text, tone));

    private void EndSentence(TimelineRow row, string text)
    {
        if (_sentences.TryGetValue(row.Id, out var sentence)) _sentences[row.Id] = sentence with { Text = text, To = row.At };
    }

    private void EndBar(int id, TimelineRow row, Tone tone, string sign)
    {
        var i = _bars.FindLastIndex(b => b.Id == id && b.To is null);
        if (i >= 0) _bars[i] = _bars[i] with { To = row.At, Tone = tone, Sign = sign };
    }
}
