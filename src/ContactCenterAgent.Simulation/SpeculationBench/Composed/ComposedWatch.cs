using System.Collections.Immutable;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>Watches the product on one composed task from outside.</summary>
internal sealed class ComposedWatch(HeardTurn turn) : ICallObserver, ICallJudge
{
    private readonly ImmutableArray<ResolvedCall> _whole = ResolvedCall.Of(turn.Whole);
    private readonly Dictionary<ToolCallId, SentCall> _sent = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<TimeSpan> _closes = [];
    private int _modelCalls, _retractions;

    public void Stepped(CallId call, CallEvent happened, CallState before, CallState after, IReadOnlyList<Command> commands)
    {
        if (happened is ToolReturned returned && _sent.TryGetValue(returned.Call, out var sent))
        {
            sent.Ended = after.Now;
            sent.Succeeded = returned.Outcome is ToolOutcome.Succeeded;
            if (sent.Succeeded) _known.Add(Readings.Text(sent.Tool, sent.Arguments));
        }

        if (after.Turn.ClosedAt is not null && before.Turn.ClosedAt is null) _closes.Add(after.Now);
        if (after.Turn.Retracts && !before.Turn.Retracts) _retractions++;
        foreach (var command in commands)
        {
            if (command is AskPlanner { Request.Role: PlannerRole.Authority }) _modelCalls++;
            if (command is StartTool start)
                _sent[start.Call] = new(start.Call, start.Tool, start.Operation, start.Arguments.Value, after.Now) { IsEffect = start.Operation == ToolOperation.Invoke && ComposedTools.IsWrite(start.Tool) };
        }
    }

    /// <summary>Nothing is read back: the caller's request is enough.</summary>
    public bool WasReadBack(int turn) => false;

    /// <summary>An answer rests on every call that the whole turn asks for.</summary>
    public bool MayAnswer(int turn, PromptKind kind) => kind is not (PromptKind.Question or PromptKind.ReadBack) && _whole.All(c => _known.Contains(c.Text));

    /// <summary>What came of it.</summary>
    public (TurnFigure Turn, DialogueFigure State) Figures(string policy, ComposedTask task, PlayedTurn played, IReadOnlyList<HeardAnswer> heard)
    {
        var asked = _whole.Select(c => c.Text).ToHashSet(StringComparer.Ordinal);
        var sent = _sent.Values.OrderBy(s => s.Started).ToList();
        var effects = sent.Where(s => s.IsEffect).ToList();
        var floor = _closes.Where(c => c >= played.Ended).Cast<TimeSpan?>().FirstOrDefault();
        var first = heard.FirstOrDefault(h => h.At >= played.Ended)?.At;
        bool IsAsked(SentCall call) => asked.Contains(Readings.Text(call.Tool, call.Arguments));
        double? Since(TimeSpan? at) => (at - played.Ended)?.TotalMilliseconds;
        var figure = ComposedFigures.Of(policy, task, turn) with
        {
            LatencyMs = Since(heard.FirstOrDefault(h => h.Answers)?.At),
            FloorMs = Since(floor),
            FirstAudioMs = (first - floor)?.TotalMilliseconds,
            CallDoneMs = Since(sent.Where(IsAsked).Max(s => s.Ended)),
            CallMade = asked.IsSubsetOf(_known),
            CallsStarted = sent.Count,
            CallsWasted = sent.Count(s => !IsAsked(s)),
            FalseCloses = _closes.Count(c => c < played.Ended),
            FalseClosesWithEffect = effects.Count(s => s.Started < played.Ended && !IsAsked(s)),
            EffectsBeforeEnd = effects.Count(s => s.Started < played.Ended && IsAsked(s)),
            Retractions = _retractions,
            UnsafeEffects = effects.Count(s => !IsAsked(s)),
            ModelCalls = _modelCalls,
            BackEndSeconds = sent.Sum(s => (s.Ended - s.Started)?.TotalSeconds ?? 0),
            Bars = [.. sent.Where(s => s.Ended is not null).Select(s => new Bar(s.Tool, Since(s.Started)!.Value, Since(s.Ended)!.Value))],
        };
        return (figure, ComposedFigures.State(policy, task, turn, effects.Where(s => s.Succeeded).Select(s => Readings.Text(s.Tool, s.Arguments))));
    }
}
