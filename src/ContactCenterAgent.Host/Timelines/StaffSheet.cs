namespace ContactCenterAgent.Host.Timelines;

/// <summary>A score with columns: one endless line of lanes, and its cutting into systems.</summary>
internal sealed class StaffSheet
{
    private readonly List<StaffItem> _ruler = [];
    private readonly List<StaffItem> _caller = [];
    private readonly List<StaffItem> _agent = [];
    private readonly List<StaffItem> _bars;
    private readonly SortedSet<int> _turns;
    private readonly List<int> _sentences = [];
    private readonly int _end;

    public StaffSheet(Score score, StaffAxis axis, TimeSpan now)
    {
        foreach (var word in score.Words) Append(_caller, axis.Column(word.At), word.Text, word.Tone);
        foreach (var sentence in score.Sentences)
        {
            var at = axis.Column(sentence.At);
            _sentences.Add(at);
            foreach (var word in sentence.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Append(_agent, at, word, sentence.Tone);
        }

        foreach (var mark in score.Marks) Append(_ruler, axis.Column(mark.At), mark.Text, mark.Tone);
        AddSeconds(axis);
        _bars = [.. score.Bars.Select(b => Bar(b, axis.Column(b.From), axis.Column(b.To ?? now)))];
        _turns = [.. score.Turns.Select(axis.Column)];
        _end = _bars.Select(b => b.Column + b.Length).Concat(_ruler.Concat(_caller).Concat(_agent).Select(i => i.Right)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Cuts where the floor changes; where a line is full, between words.</summary>
    public List<StaffSystem> Cut(int width)
    {
        var systems = new List<StaffSystem>();
        for (var from = 0; from < _end;)
        {
            var to = NextCut(from, width);
            var bars = _bars.Where(b => b.Column < to && b.Column + b.Length > from).Select(b => Piece(b, from, to, width));
            StaffLane[] lanes = [new(Lane.Caller, Cut(_caller, from, to)), .. Pack(bars), new(Lane.Agent, Cut(_agent, from, to))];
            if (Array.Exists(lanes, l => l.Items.Count > 0)) systems.Add(new(Cut(_ruler, from, to), [.. lanes.Where(l => l.Items.Count > 0)]));
            from = to;
        }

        return systems;
    }

    private static StaffItem Bar(Score.Bar bar, int from, int to) => new(from, Math.Max(1, to - from), bar.Text, bar.Tone, bar.Sign);

    private static void Append(List<StaffItem> lane, int column, string text, Tone tone) =>
        lane.Add(new(lane.Count == 0 ? column : Math.Max(lane[^1].Right, column), 0, text, tone));

    /// <summary>Whole seconds, where no mark stands.</summary>
    private void AddSeconds(StaffAxis axis)
    {
        for (var second = 0; second <= axis.End.TotalSeconds; second++)
        {
            var tick = new StaffItem(axis.Column(TimeSpan.FromSeconds(second)), 0, $"{second}s", Tone.Ruler);
            if (!_ruler.Exists(o => Overlap(o, tick))) _ruler.Add(tick);
        }

        _ruler.Sort((a, b) => a.Column.CompareTo(b.Column));
    }

    private int NextCut(int from, int width)
    {
        var full = from + width;
        var turn = _turns.FirstOrDefault(t => t > from);
        if (turn > 0 && turn <= full) return turn;
        var sentence = _sentences.LastOrDefault(s => s > from + width / 2 && s <= full);
        if (sentence > 0) return sentence;
        var split = _caller.Concat(_agent).Concat(_ruler).Where(i => i.Column > from && i.Column < full && i.Right > full + 1);
        return split.Select(i => i.Column).DefaultIfEmpty(full).Min();
    }

    private static List<StaffItem> Cut(IEnumerable<StaffItem> items, int from, int to) =>
        [.. items.Where(i => i.Column >= from && i.Column < to).Select(i => i with { Column = i.Column - from })];

    /// <summary>The part of a bar within a system. Its sign stands where it ends; its text before it where there is no room behind.</summary>
    private static StaffItem Piece(StaffItem bar, int from, int to, int width)
    {
        var end = bar.Column + bar.Length;
        var column = Math.Max(bar.Column, from);
        var piece = bar with { Column = column - from, Length = Math.Min(end, to) - column, Sign = end <= to ? bar.Sign : "" };
        if (piece.Right <= width + 1) return piece;
        var room = Math.Max(0, piece.Column - 1);
        return piece with { Before = true, Text = piece.Text.Length <= room ? piece.Text : "" };
    }

    /// <summary>Puts each bar into the first lane where it covers no other.</summary>
    private static IEnumerable<StaffLane> Pack(IEnumerable<StaffItem> bars)
    {
        var lanes = new List<List<StaffItem>>();
        foreach (var bar in bars)
        {
            var lane = lanes.Find(l => !l.Exists(o => Overlap(o, bar)));
            if (lane is null) lanes.Add(lane = []);
            lane.Add(bar);
        }

        return lanes.Select(l => new StaffLane(Lane.Tools, [.. l.OrderBy(i => i.Left)]));
    }

    private static bool Overlap(StaffItem one, StaffItem other) => one.Left < other.Right && other.Left < one.Right;
}
