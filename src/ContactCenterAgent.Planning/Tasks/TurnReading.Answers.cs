using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;

namespace ContactCenterAgent.Planning.Tasks;

/// <content>What a turn says to what the agent asked, and what it takes back.</content>
internal sealed partial class TurnReading
{
    /// <summary>A bare answer belongs to what the agent asked for.</summary>
    private void AnswerAsked()
    {
        foreach (var group in _request.Asked.GroupBy(a => a.Task))
        {
            if (_tasks.Find(t => t.Id == group.Key) is not { } task) continue;
            var asked = group.ToList();
            var values = _values;
            if (asked.Exists(a => _tools.Tool(a.Tool)?.Parameter(a.Parameter)?.Type == ParameterType.PersonName) && !_values.Exists(v => v.Type == ParameterType.PersonName && v.Complete)
                && NameReader.Bare(_tokens, _values) is { } bare)
                values = [.. _values, bare];
            var before = _used.ToArray();
            var sure = _filling.Fill(task, OnlyAsked(values, asked), 0, _tokens.Length, asked, _today);
            if (sure is null && asked.Count > 0) sure = TakeWording(task, asked[0]) ?? TakeYesNo(task, asked[0]);
            for (var i = 0; i < _used.Length; i++) if (_used[i] && !before[i]) _answered.Add(task.Id);
            Note(task, sure);
        }
    }

    private List<ValueSpan> OnlyAsked(List<ValueSpan> values, List<OpenArgument> asked)
    {
        var types = asked.Select(a => _tools.Tool(a.Tool)?.Parameter(a.Parameter)?.Type).ToHashSet();
        if (types.Contains(ParameterType.DateRange)) types.UnionWith([ParameterType.Date, ParameterType.Time, ParameterType.TimeRange]);
        if (types.Contains(ParameterType.TimeRange)) types.UnionWith([ParameterType.Time, ParameterType.Date, ParameterType.DateRange]);
        return [.. values.Where(v => types.Contains(v.Type))];
    }

    /// <summary>A question for free words is answered by all the words.</summary>
    private double? TakeWording(WorkTask task, OpenArgument asked)
    {
        if (_tools.Tool(asked.Tool)?.Parameter(asked.Parameter) is not { Type: ParameterType.Text or ParameterType.Wording } parameter) return null;
        var words = parameter.Type == ParameterType.Text ? _tokens.Select(t => t.Text) : _request.Turn.Words.Select(w => w.Text);
        task.Set(task.Key(asked.Tool, parameter.Name), string.Join(' ', words), _tokens.Select(t => t.Word).Distinct());
        MarkAll();
        return WordingConfidence;
    }

    private double? TakeYesNo(WorkTask task, OpenArgument asked)
    {
        if (_tools.Tool(asked.Tool)?.Parameter(asked.Parameter) is not { Type: ParameterType.Boolean } parameter) return null;
        var answer = PlainWords.ReadAnswer(_request.Turn.Words);
        if (answer is not (Affirmation.Yes or Affirmation.No)) return null;
        task.Set(task.Key(asked.Tool, parameter.Name), answer == Affirmation.Yes ? "true" : "false", _tokens.Select(t => t.Word).Distinct());
        MarkAll();
        return YesConfidence;
    }

    /// <summary>"forget it", "never mind the booking": the task that the words behind it name, else the one asked about, else the newest.</summary>
    private void Withdraw()
    {
        if (Acts.Withdrawal(_tokens) is not var (from, to)) return;
        var open = _tasks.Where(t => !t.Over && t.Tool.Examples.Length > 0).ToList();
        if (open.Count == 0) return;
        var symbols = ToolSet.Symbols(_tokens, _values);
        var end = to;
        while (end < _tokens.Length && end - to < 4 && _tokens[end].Text is not ("and" or "but" or "i" or "i'd" or "can" or "could" or "what" or "just") && _tokens[end - 1].Break == '\0') end++;
        var named = end > to ? _tools.Classify(symbols, _tokens, to, end, null).Tool : null;
        var stems = _tokens[to..end].Select(t => ChoiceReader.Stem(t.Text)).Where(s => s.Length > 2).ToHashSet();
        var task = open.LastOrDefault(t => t.Tool == named) ?? open.LastOrDefault(t => t.Tool.Name.Split('_').Any(w => stems.Contains(ChoiceReader.Stem(w))))
            ?? open.LastOrDefault(t => t.Id == _request.ReadBack?.Task) ?? open[^1];
        _withdrawn.Add(task.Id);
        _tasks.Remove(task);
        for (var i = from; i < end; i++) _used[i] = true;
    }
}
