using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>The work of one composed task under a policy by rule: which calls start when, and when they end.</summary>
internal sealed class ComposedWork(HeardTurn turn, BackEndLatency latency)
{
    private readonly Dictionary<string, TimeSpan> _doneAt = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Bar>.Builder _bars = ImmutableArray.CreateBuilder<Bar>();
    private readonly List<string> _effects = [];

    public HeardTurn Turn => turn;

    /// <summary>What the whole turn asks for.</summary>
    public ImmutableArray<ResolvedCall> Whole { get; } = ResolvedCall.Of(turn.Whole);

    public int ModelCalls { get; private set; }

    public double BackEndSeconds { get; private set; }

    public int FalseCloses { get; set; }

    /// <summary>When the floor was taken for good.</summary>
    public TimeSpan Floor { get; set; }

    public int Started => _doneAt.Count;

    public int Wasted => _doneAt.Keys.Count(text => Whole.All(w => w.Text != text));

    public IEnumerable<string> Effects => _effects;

    /// <summary>Effects that the whole turn does not ask for.</summary>
    public int Unasked => _effects.Count(text => Whole.All(w => w.Text != text));

    public ImmutableArray<Bar> Bars => _bars.ToImmutable();

    public TimeSpan? DoneAt(ResolvedCall call) => _doneAt.TryGetValue(call.Text, out var at) ? at : null;

    /// <summary>The strong model works.</summary>
    public TimeSpan Model(TimeSpan from, TimeSpan takes)
    {
        ModelCalls++;
        _bars.Add(new("model", Since(from), Since(from + takes)));
        return from + takes;
    }

    /// <summary>Runs a call at the earliest at a time, and when what it refers to is there.</summary>
    /// <returns>When it has ended.</returns>
    public TimeSpan Run(ResolvedCall call, TimeSpan at)
    {
        if (_doneAt.TryGetValue(call.Text, out var done)) return done;
        foreach (var after in call.After) if (_doneAt[after] > at) at = _doneAt[after];
        var takes = latency.OfCall(call.Planned.Tool, call.Arguments.Select(a => KeyValuePair.Create(a.Key, (object?)a.Value)));
        BackEndSeconds += takes.TotalSeconds;
        _bars.Add(new(call.Planned.Tool, Since(at), Since(at + takes)));
        if (call.IsWrite) _effects.Add(call.Text);
        return _doneAt[call.Text] = at + takes;
    }

    /// <summary>Runs the reads of a plan.</summary>
    public void Reads(Plan plan, TimeSpan at)
    {
        foreach (var call in ResolvedCall.Of(plan)) if (!call.IsWrite) Run(call, at);
    }

    /// <summary>Runs everything that the whole turn asks for.</summary>
    /// <returns>When the last of it has ended.</returns>
    public TimeSpan All(TimeSpan at) => Whole.Aggregate(at, (last, call) => SequentialPolicy.Later(last, Run(call, at)));

    private double Since(TimeSpan at) => (at - turn.End).TotalMilliseconds;
}
