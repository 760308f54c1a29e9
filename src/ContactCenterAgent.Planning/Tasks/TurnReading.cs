using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Planning.Language;
using ContactCenterAgent.Planning.Values;
using NodaTime;

namespace ContactCenterAgent.Planning.Tasks;

/// <summary>One request from words to plan. Made for one request and thrown away.</summary>
internal sealed partial class TurnReading
{
    /// <summary>A wish beside an open question must be plainer than one on its own.</summary>
    private const double WishMin = 0.5, WishMinWhenAsked = 0.6;

    /// <summary>Where nothing is open, a value in its usual place is a wish ("I'd like an eye test").</summary>
    private const float ValueStrengthMin = 0.8f;

    private const double AgainConfidence = 0.6, WordingConfidence = 0.7, YesConfidence = 0.95, UnreadConfidence = 0.45;

    private readonly ToolSet _tools;
    private readonly PlanRequest _request;
    private readonly Token[] _tokens;
    private readonly bool[] _used;
    private readonly LocalDate _today;
    private readonly List<WorkTask> _tasks;
    private readonly HashSet<string> _withdrawn = [];
    private readonly List<ValueSpan> _values;
    private readonly Filling _filling;
    private readonly HashSet<string> _answered = [];
    private int _wishes;
    private double? _valueConfidence;

    public TurnReading(ToolSet tools, PlanRequest request)
    {
        (_tools, _request) = (tools, request);
        _tokens = Tokens.Of(request.Turn.Words);
        _used = new bool[_tokens.Length];
        _today = LocalDate.FromDateTime(request.LocalNow);
        _tasks = [.. request.Tasks.Where(t => tools.Tool(t.Tool) is not null).Select(t => WorkTask.Of(t, tools.Tool(t.Tool)!))];
        foreach (var task in _tasks) task.Over = IsOver(task);
        _values = Halves.Resolve(tools.Kinds.Read(_tokens, _today, LocalDateTime.FromDateTime(request.LocalNow).TimeOfDay), request);
        _filling = new(tools, _tokens, _used);
    }

    /// <summary>A read is over once its result is known, an effect once it was agreed to and no proposal of it is open.</summary>
    private bool IsOver(WorkTask task) => task.Tool.IsEffect
        ? task.Arguments.ContainsKey(WorkTask.SettledMark) && !_request.Proposals.Any(p => p.Task == task.Id)
        : task.Tool.Examples.Length > 0 && _request.Known.Any(k => k.Task == task.Id && k.Tool == task.Tool.Name && k.Result is not null);

    public Plan Plan()
    {
        var affirmation = _request.ReadBack is null ? Affirmation.None : PlainWords.ReadAnswer(_request.Turn.Words);
        var act = Acts.Read(_tokens);
        if (affirmation is Affirmation.Yes or Affirmation.No) MarkAll();
        else Read(act);
        if (affirmation == Affirmation.Yes) Settle(_request.ReadBack!.Task, WorkTask.SettledMark);
        if (affirmation == Affirmation.No) Settle(_request.ReadBack!.Task, WorkTask.DeclinedMark);
        return Compose(affirmation, act);
    }

    private void Settle(string id, string mark)
    {
        if (_tasks.Find(t => t.Id == id) is { } task) task.Arguments[mark] = Fingerprint(task);
    }

    private void MarkAll() => Array.Fill(_used, true);

    private void Read(TurnAct act)
    {
        if (_tokens.Length == 0) return;
        Withdraw();
        var prefix = _request.ReadBack is null ? 0 : YesNo.Prefix(_tokens);
        for (var i = 0; i < prefix; i++) _used[i] |= !_values.Exists(v => v.From <= i && i < v.To && !v.Bare);
        AnswerAsked();
        foreach (var wish in Wishes.Read(_tools, _tokens, _values, _tasks.LastOrDefault()?.Tool)) Take(wish, act);
        Keep(act);
    }

    /// <summary>What is evidence of who the caller is beyond the values that were read.</summary>
    private void Keep(TurnAct act)
    {
        var readings = new HeardReadings(_tools, _request, _today);
        var isAnswer = act == TurnAct.None && _wishes == 0 && _answered.Count == 0 && _withdrawn.Count == 0 && _request.ReadBack is null
            && PlainWords.ReadAnswer(_request.Turn.Words) == Affirmation.None && !_tasks.Exists(t => t.Touched);
        foreach (var task in _tasks.Where(t => !t.Over && (t.Touched || isAnswer)))
        {
            if (!readings.Take(task, isAnswer)) continue;
            task.Touched = true;
            Note(task, UnreadConfidence);
            MarkAll();
        }
    }

    private void Note(WorkTask task, double? sure)
    {
        if (sure is not { } value) return;
        task.Confidence = Math.Min(task.Confidence, value);
        _valueConfidence = Math.Min(_valueConfidence ?? 1, value);
    }

    private void Take(Wish wish, TurnAct act)
    {
        var current = Current();
        var least = _request.Asked.Length > 0 && current is not null ? WishMinWhenAsked : WishMin;
        var own = Wishes.IsOwn(wish) || (current is null && wish is { Tool: not null, ValueStrength: >= ValueStrengthMin });
        if (act is not (TurnAct.Social or TurnAct.WantsPerson or TurnAct.Repeat) && wish.Probability >= least && own && !OnlyValues(wish))
        {
            _wishes++;
            current = Wanted(wish);
        }
        else if (current is { Over: false } && wish.Tool == current.Tool && !wish.Evidence.IsEmpty)
        {
            Again(current, wish);
        }

        current ??= Introduced(wish);
        if (current is null) return;
        Note(current, _filling.Fill(current, _values, wish.From, wish.To, [], _today));
        Note(current, _filling.FillFree(current, wish.From, wish.To));
        if (!current.Over && Refinement.Apply(current, _tools, _tokens, _used, _request)) Note(current, 0.85);
        if (current.Touched && current.Over) current.Over = current.Tool.IsEffect;
        if (current.Touched) foreach (var i in wish.Evidence) _used[i] |= current.WishWords.Contains(_tokens[i].Word);
    }

    /// <summary>The words speak of the open task without saying anything new ("my appointment").</summary>
    private void Again(WorkTask task, Wish wish)
    {
        task.Touched = true;
        task.Confidence = Math.Min(task.Confidence, Math.Max(wish.Probability, AgainConfidence));
        foreach (var i in wish.Evidence) task.WishWords.Add(_tokens[i].Word);
    }

    /// <summary>Nothing but values and courtesies: an answer or a change, never a new wish beside an open task.</summary>
    private bool OnlyValues(Wish wish)
    {
        if (!_tasks.Exists(t => !t.Over)) return false;
        for (var i = wish.From; i < wish.To; i++)
            if (Lexicon.IsContent(_tokens[i].Text) && !_used[i] && !_values.Exists(v => v.From <= i && i < v.To && v is { Bare: false, Complete: true })) return false;
        return true;
    }

    /// <summary>The task that bare values belong to: the one asked about, else the newest that is open, else the newest read.</summary>
    private WorkTask? Current()
    {
        foreach (var asked in _request.Asked) if (_tasks.Find(t => t.Id == asked.Task) is { } task) return task;
        return _tasks.FindLast(t => t.Id == _request.ReadBack?.Task) ?? _tasks.FindLast(t => t.Touched) ?? _tasks.FindLast(t => !t.Over && t.Tool.Examples.Length > 0)
            ?? _tasks.FindLast(t => t.Over && !t.Tool.IsEffect && t.Tool.Examples.Length > 0);
    }

    private WorkTask Wanted(Wish wish)
    {
        var tool = wish.Tool!;
        var clause = _tokens.AsSpan(wish.From, wish.To - wish.From);
        var another = false;
        var fresh = false;
        foreach (var token in clause)
        {
            another |= token.Text is "another";
            fresh |= token.Text is "again" or "still" or "now";
        }

        var task = _tasks.FindLast(t => t.Tool == tool && (!t.Over || !t.Tool.IsEffect) && !(another && t.Tool.IsEffect))
            ?? (tool.IsEffect ? null : _tasks.FindLast(t => !t.Over && t.Tool != tool && _tools.Chain.Of(t.Tool).Contains(tool)));
        if (task is null)
        {
            var id = tool.Name;
            for (var n = 2; _tasks.Exists(t => t.Id == id) || _withdrawn.Contains(id); n++) id = $"{tool.Name}#{n}";
            task = new(id, tool);
            _tasks.Add(task);
        }
        else if (task.Over)
        {
            foreach (var parameter in tool.Parameters) task.Arguments.Remove(parameter.Name);
        }

        if (task.Tool != tool) task.AskedFor.Add(tool.Name);
        task.Over = false;
        task.Touched = true;
        task.Another |= another;
        task.Fresh |= fresh;
        task.Requested |= task.Tool == tool && tool.IsEffect && Mood.Requests(clause);
        task.Confidence = Math.Min(task.Confidence, wish.Probability);
        foreach (var i in wish.Evidence) task.WishWords.Add(_tokens[i].Word);
        return task;
    }

    /// <summary>The caller says who they are before what they want: the read that identifies may start, and what was said is kept.</summary>
    private WorkTask? Introduced(Wish wish)
    {
        foreach (var tool in _tools.Tools.Where(t => t.Grants is not null && !t.IsEffect).OrderBy(t => t.Grants!.Level))
        {
            var task = _tasks.Find(t => t.Tool == tool) ?? new WorkTask(tool.Name, tool);
            if (_filling.Fill(task, [.. _values.Where(v => v.Type is ParameterType.PersonName && v.Confidence > 0.7)], wish.From, wish.To, [], _today) is not { } sure) continue;
            Note(task, sure);
            if (!_tasks.Contains(task)) _tasks.Add(task);
            return task;
        }

        return null;
    }

    /// <summary>What a task rests on, as one text: a declined offer is not made again until something of it changes.</summary>
    private static string Fingerprint(WorkTask task) =>
        string.Join('\n', task.Arguments.Where(a => !a.Key.StartsWith("_.", StringComparison.Ordinal)).Select(a => a.Key + "=" + a.Value));

    private Plan Compose(Affirmation affirmation, TurnAct act)
    {
        var composer = new Composer(_tools, _request, _tasks);
        DropIntroductions();
        var declined = false;
        foreach (var task in _tasks.Where(t => !t.Over))
        {
            if (task.Arguments.TryGetValue(WorkTask.DeclinedMark, out var said) && said == Fingerprint(task))
            {
                declined = true;
                continue;
            }

            task.Arguments.Remove(WorkTask.DeclinedMark);
            if (composer.Add(task) && task is { Requested: true, Tool: { IsEffect: true, Authorisation: Authorisation.OnRequest } }) task.Arguments[WorkTask.SettledMark] = "true";
        }

        return Summary.Of(new()
        {
            Request = _request,
            Tokens = _tokens,
            Used = _used,
            Tasks = _tasks,
            Withdrawn = [.. _withdrawn],
            Calls = composer.Calls,
            Ask = declined && composer.Ask.IsEmpty ? WhatElse() : composer.Ask,
            Affirmation = affirmation,
            Act = act,
            Wishes = _wishes,
            Answered = _answered.Count > 0,
            MidValue = _filling.MidValue,
        });
    }

    /// <summary>An introduction without a wish is no task of its own once there is a wish: what it said is carried over first.</summary>
    private void DropIntroductions()
    {
        if (!_tasks.Exists(t => t.Tool.Examples.Length > 0)) return;
        foreach (var task in _tasks.Where(t => t.Tool.Examples.Length == 0)) task.Over = true;
    }

    /// <summary>After a plain no: what could be different.</summary>
    private ImmutableArray<OpenArgument> WhatElse()
    {
        if (_tasks.Find(t => t.Id == _request.ReadBack?.Task) is not { } task) return [];
        foreach (var reader in _tools.Chain.Of(task.Tool).Where(r => r.Widens is not null))
            foreach (var parameter in reader.Parameters)
                if (parameter.Ask is { } question && reader.Widens!.Open.ContainsKey(parameter.Name)) return [new(task.Id, reader.Name, parameter.Name, question)];
        return [];
    }
}
