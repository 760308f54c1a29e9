using System.Collections.Immutable;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Policies;

/// <summary>
/// A policy by its published rule, as arithmetic on what was heard when. All policies of this kind do the same in the end: the reads of the plan that has read the whole turn,
/// and the write that was read back and said yes to; they differ in when they start and in what they start for nothing.
/// </summary>
internal abstract class TimelinePolicy(string name, PolicyTimes times, ServiceCatalogue services, BenchTools tools)
{
    public string Name => name;

    protected PolicyTimes Times => times;

    /// <summary>Plays a dialogue.</summary>
    /// <param name="dialogue">The recording.</param>
    /// <param name="turns">The caller's turns as heard.</param>
    /// <param name="seed">Of the back end's draws.</param>
    /// <param name="reachable">Annotated writes that could be done.</param>
    public (ImmutableArray<TurnFigure> Turns, DialogueFigure State) Play(RecordedDialogue dialogue, ImmutableArray<HeardTurn> turns, long seed, ImmutableArray<string> reachable)
    {
        var memory = new Memory(new BackEndLatency(Draws.Seed(seed, dialogue.Id)));
        var figures = ImmutableArray.CreateBuilder<TurnFigure>(turns.Length);
        foreach (var turn in turns)
        {
            if (turn.Moments.IsEmpty) continue;
            var work = new TurnWork(this, turn, memory);
            var answered = Answer(work);
            work.PlaceHold();
            figures.Add(Figure(work, answered));
            work.Remember();
        }

        return (figures.ToImmutable(), new(dialogue.Id, name, [.. memory.Effects.Order(StringComparer.Ordinal)], reachable));
    }

    /// <summary>Does the turn's work and says when its answer begins.</summary>
    protected abstract TimeSpan Answer(TurnWork work);

    private TurnFigure Figure(TurnWork work, TimeSpan answered)
    {
        var turn = work.Turn;
        var call = Readings.CallAfter(turn.Dialogue, turn.Spoken.Turn);
        var method = call is null ? null : services.Method(call.Name);
        var wanted = method is null ? null : Readings.Text(call!.Name, method.Complete(call.Arguments));
        var made = wanted is not null && work.DoneAt(wanted) is not null;
        return new()
        {
            Dialogue = turn.Dialogue.Id,
            Turn = turn.Spoken.Turn,
            Services = turn.Dialogue.Services,
            Policy = name,
            Kind = wanted is null ? TurnKind.None : call!.IsWrite ? TurnKind.Write : TurnKind.Read,
            Call = wanted is null ? null : call!.Name,
            LatencyMs = wanted is null || made ? (answered - turn.End).TotalMilliseconds : null,
            FloorMs = (work.Floor - turn.End).TotalMilliseconds,
            FirstAudioMs = (answered - work.Floor).TotalMilliseconds,
            CallDoneMs = wanted is null ? null : (work.DoneAt(wanted) - turn.End)?.TotalMilliseconds,
            HeadStartMs = Readings.HeadStartMs(turn.Dialogue, turn.Spoken.Turn),
            CallMade = made,
            CallsStarted = work.Started,
            CallsWasted = work.Wasted,
            FalseCloses = work.FalseCloses,
            FalseClosesWithEffect = work.FalseClosesWithEffect,
            ModelCalls = work.ModelCalls,
            BackEndSeconds = work.BackEndSeconds,
            Bars = work.Bars,
        };
    }

    /// <summary>What stays from turn to turn.</summary>
    internal sealed class Memory(BackEndLatency latency)
    {
        public BackEndLatency Latency => latency;

        /// <summary>Reads that have been made, with the time that they took to be known: before every later turn.</summary>
        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

        /// <summary>What was read back last and may be said yes to.</summary>
        public string? ReadBack { get; set; }

        public List<string> Effects { get; } = [];
    }

    /// <summary>The work of one turn: calls that are started, and when they end.</summary>
    internal sealed class TurnWork(TimelinePolicy policy, HeardTurn turn, Memory memory)
    {
        private readonly Dictionary<string, TimeSpan> _doneAt = new(StringComparer.Ordinal);
        private readonly List<(PlannedCall Call, TimeSpan Done)> _wide = [];
        private readonly ImmutableArray<Bar>.Builder _bars = ImmutableArray.CreateBuilder<Bar>();

        public HeardTurn Turn => turn;

        public int Started { get; private set; }

        public double BackEndSeconds { get; private set; }

        public int ModelCalls { get; private set; }

        public int FalseCloses { get; set; }

        public int FalseClosesWithEffect { get; set; }

        /// <summary>When the floor was taken for good.</summary>
        public TimeSpan Floor { get; set; }

        public ImmutableArray<Bar> Bars => _bars.ToImmutable();

        public int Wasted => _doneAt.Keys.Count(k => Reads(turn.Whole).All(r => Text(r) != k) && (Write is not { } write || Text(write) != k));

        /// <summary>The reads of a plan that nobody knows yet.</summary>
        public IEnumerable<PlannedCall> NewReads(Plan plan) => Reads(plan).Where(r => !memory.Known.Contains(Text(r)));

        /// <summary>Reads of a plan whose arguments are not all there yet: they bring more rows than will be needed.</summary>
        public IEnumerable<PlannedCall> WideReads(Plan plan) => plan.Calls.Where(c => !IsWrite(c) && IsWide(c) && !_wide.Exists(w => w.Call.Tool == c.Tool && Covers(w.Call, c)));

        private bool IsWide(PlannedCall call) => !policy.Method(call.Tool).Required.All(call.Arguments.ContainsKey);

        // What a wide read asked for is a part of what this one asks for: its rows hold the answer.
        private static bool Covers(PlannedCall wide, PlannedCall call) =>
            wide.Arguments.All(a => call.Arguments.TryGetValue(a.Key, out var value) && value == a.Value);

        /// <summary>The write that this turn says yes to; null = none.</summary>
        public PlannedCall? Write => IsYes ? turn.Whole.Calls.FirstOrDefault(c => IsWrite(c) && Text(c) == memory.ReadBack) : null;

        private bool IsYes => turn.Whole.Affirmation == Affirmation.Yes;

        public TimeSpan? DoneAt(string call) => _doneAt.TryGetValue(call, out var at) ? at : memory.Known.Contains(call) ? TimeSpan.Zero : null;

        /// <summary>Runs a read unless it is running or known.</summary>
        /// <returns>When it is known.</returns>
        public TimeSpan Run(PlannedCall call, TimeSpan at)
        {
            var text = Text(call);
            if (memory.Known.Contains(text)) return TimeSpan.Zero;
            if (_doneAt.TryGetValue(text, out var done)) return done;
            if (_wide.Find(w => w.Call.Tool == call.Tool && Covers(w.Call, call)) is { Call: not null } wide) return _doneAt[text] = wide.Done > at ? wide.Done : at;
            if (IsWide(call))
            {
                var arguments = call.Arguments.ToDictionary(a => a.Key, a => (object?)((ArgumentValue.Known)a.Value).Canonical, StringComparer.Ordinal);
                var all = Start(call, "wide " + text, at, memory.Latency.OfCall(call.Tool, arguments) + policy.Width(call.Tool, arguments));
                _wide.Add((call, all));
                return all;
            }

            return Start(call, text, at, memory.Latency.OfCall(call.Tool, Arguments(call).Select(a => KeyValuePair.Create(a.Key, (object?)a.Value))));
        }

        /// <summary>Carries the write out, or confirms the hold that was placed for it.</summary>
        public TimeSpan Commit(PlannedCall call, TimeSpan at)
        {
            var held = policy.Descriptor(call.Tool).Effect == ToolEffect.Reserve;
            var arguments = Arguments(call).Select(a => KeyValuePair.Create(a.Key, (object?)a.Value));
            return Start(call, Text(call), at, held ? memory.Latency.OfEnd(call.Tool, FakeBackEnd.Confirm) : memory.Latency.OfCall(call.Tool, arguments));
        }

        /// <summary>The strong model works.</summary>
        public TimeSpan Model(TimeSpan from, TimeSpan takes)
        {
            ModelCalls++;
            _bars.Add(new("model", Since(from), Since(from + takes)));
            return from + takes;
        }

        /// <summary>What was done stays done; what was read back may be said yes to next.</summary>
        public void Remember()
        {
            foreach (var call in Reads(turn.Whole)) if (_doneAt.ContainsKey(Text(call))) memory.Known.Add(Text(call));
            if (Write is { } done && !policy.IsRefused(turn, done))
            {
                // What was read of this service before it was changed is out of date.
                memory.Known.RemoveWhere(known => known.StartsWith(policy.Method(done.Tool).Service + ".", StringComparison.Ordinal));
                memory.Effects.Add(Text(done));
            }

            memory.ReadBack = Offered is { } write ? Text(write) : null;
        }

        /// <summary>What the recorded agent reads back in answer to this turn; null = nothing.</summary>
        private PlannedCall? Offered => turn.Whole.Calls.FirstOrDefault(c => IsWrite(c) && SaidBack(c));

        /// <summary>A hold for what is being offered is placed while the offer is being spoken.</summary>
        public void PlaceHold()
        {
            if (Offered is not { } write || policy.Descriptor(write.Tool).Effect != ToolEffect.Reserve || memory.ReadBack == Text(write)) return;
            Started++;
            BackEndSeconds += memory.Latency.OfCall(write.Tool, Arguments(write).Select(a => KeyValuePair.Create(a.Key, (object?)a.Value))).TotalSeconds;
        }

        private bool SaidBack(PlannedCall call) => turn.Spoken.Turn + 1 < turn.Dialogue.Turns.Length
            && Readings.SaidBack(turn.Dialogue.Turns[turn.Spoken.Turn + 1], policy.Method(call.Tool), Arguments(call));

        private TimeSpan Start(PlannedCall call, string text, TimeSpan at, TimeSpan takes)
        {
            Started++;
            BackEndSeconds += takes.TotalSeconds;
            _bars.Add(new(call.Tool, Since(at), Since(at + takes)));
            return _doneAt[text] = at + takes;
        }

        private IEnumerable<PlannedCall> Reads(Plan plan) => plan.Calls.Where(c => !IsWrite(c) && !IsWide(c));

        private bool IsWrite(PlannedCall call) => policy.Method(call.Tool).IsWrite;

        private string Text(PlannedCall call) => policy.Text(call);

        private ImmutableSortedDictionary<string, string> Arguments(PlannedCall call) => policy.Arguments(call);

        private double Since(TimeSpan at) => (at - turn.End).TotalMilliseconds;
    }

    /// <summary>A call as text: the same identity is the same text.</summary>
    protected string Text(PlannedCall call) => Readings.Text(call.Tool, Arguments(call));

    private ImmutableSortedDictionary<string, string> Arguments(PlannedCall call) => Method(call.Tool).Complete(
        call.Arguments.ToImmutableSortedDictionary(a => a.Key, a => ((ArgumentValue.Known)a.Value).Canonical, StringComparer.Ordinal));

    private ServiceMethod Method(string tool) => services.Method(tool)!;

    private TimeSpan Width(string tool, IReadOnlyDictionary<string, object?> arguments) => tools.Width(tool, arguments);

    private ToolDescriptor Descriptor(string tool) => tools.Descriptor(Method(tool));

    private bool IsRefused(HeardTurn turn, PlannedCall write) =>
        Readings.CallAfter(turn.Dialogue, turn.Spoken.Turn) is { } call && call.Name == write.Tool && Readings.WasRefused(turn.Dialogue, call);
}
