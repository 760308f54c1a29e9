using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using static ContactCenterAgent.Simulation.SpeculationBench.Policies.SequentialPolicy;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>
/// The policies by rule on composed tasks. They are treated well: one plan names all calls with their references, so no model stands between a call and the one that refers to it, and every policy
/// but <c>sequential</c> runs what it has at once.
/// </summary>
internal sealed class ComposedPolicies(PolicyTimes times, long seed)
{
    private static readonly TimeSpan DraftStep = TimeSpan.FromMilliseconds(1);

    private readonly TimeSpan _firstToken = times.Model.FirstToken;

    /// <summary>Plays a task under every policy by rule; <c>sia</c> once for each chunk that is tried.</summary>
    public IEnumerable<(TurnFigure Turn, DialogueFigure State)> Play(ComposedTask task, HeardTurn turn)
    {
        yield return Play(PolicyNames.Sequential, task, turn, Sequential);
        yield return Play(PolicyNames.Parallel, task, turn, work => Closed(work, Plan(Close(work), work)));
        yield return Play(PolicyNames.Preemptive, task, turn, Preemptive);
        foreach (var chunk in Chunk.Tried) yield return Play(chunk.Name, task, turn, work => Sia(work, chunk.Boundaries(turn), draft: false));
        yield return Play(PolicyNames.SiaDraft, task, turn, work => Sia(work, turn.Moments.Select(m => m.At), draft: true));
        yield return Play(PolicyNames.Oracle, task, turn, Oracle);
    }

    private (TurnFigure, DialogueFigure) Play(string policy, ComposedTask task, HeardTurn turn, Func<ComposedWork, TimeSpan> answer)
    {
        var work = new ComposedWork(turn, new BackEndLatency(Draws.Seed(seed, task.Id)));
        var answered = answer(work);
        var figure = ComposedFigures.Of(policy, task, turn) with
        {
            LatencyMs = (answered - turn.End).TotalMilliseconds,
            FloorMs = (work.Floor - turn.End).TotalMilliseconds,
            FirstAudioMs = (answered - work.Floor).TotalMilliseconds,
            CallDoneMs = work.Whole.Max(c => (work.DoneAt(c)!.Value - turn.End).TotalMilliseconds),
            CallMade = true,
            CallsStarted = work.Started,
            CallsWasted = work.Wasted,
            FalseCloses = work.FalseCloses,
            FalseClosesWithEffect = work.Unasked,
            UnsafeEffects = work.Unasked,
            ModelCalls = work.ModelCalls,
            BackEndSeconds = work.BackEndSeconds,
            Bars = work.Bars,
        };
        return (figure, ComposedFigures.State(policy, task, turn, work.Effects));
    }

    private TimeSpan Sequential(ComposedWork work)
    {
        var done = Plan(Close(work), work);
        foreach (var call in work.Whole) done = work.Run(call, done);
        return work.Model(done, _firstToken);
    }

    private TimeSpan Preemptive(ComposedWork work)
    {
        var close = Close(work);
        return Closed(work, Later(close, Plan(Later(work.Turn.Settled.At, work.Turn.End + times.PartialLag), work)));
    }

    // What a step that was not interrupted has read may run its reads; the final is the commit point, and the step after it runs the rest.
    private TimeSpan Sia(ComposedWork work, IEnumerable<TimeSpan> boundaries, bool draft)
    {
        var turn = work.Turn;
        var starts = boundaries.Where(at => at < turn.Final).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var done = draft ? starts[i] + DraftStep : Plan(starts[i], work);
            if (done <= (i + 1 < starts.Count ? starts[i + 1] : turn.Final) && turn.By(starts[i]) is { } heard) work.Reads(heard.Plan, done);
        }

        work.Floor = turn.Final;
        if (draft) work.Reads(turn.Whole, turn.Final + DraftStep);
        return work.Whole.All(c => work.DoneAt(c) is not null)
            ? work.Model(Later(turn.Final, work.Whole.Max(c => work.DoneAt(c)!.Value)), _firstToken)
            : Closed(work, Plan(turn.Final, work));
    }

    private TimeSpan Oracle(ComposedWork work)
    {
        var turn = work.Turn;
        work.Floor = turn.End;
        var done = turn.End;
        foreach (var call in work.Whole) done = Later(done, work.Run(call, NeededAt(turn, call)));
        return done + (work.Whole.Any(c => c.Planned.Answers) ? _firstToken : PolicyTimes.Phrase);
    }

    /// <summary>The moment from which on every plan has this call.</summary>
    private static TimeSpan NeededAt(HeardTurn turn, ResolvedCall call)
    {
        var at = turn.Final;
        for (var i = turn.Moments.Length - 1; i >= 0 && ResolvedCall.Of(turn.Moments[i].Plan).Any(c => c.Text == call.Text); i--) at = turn.Moments[i].At;
        return at;
    }

    private TimeSpan Plan(TimeSpan at, ComposedWork work) => work.Model(at, times.Model.Plan);

    private TimeSpan Closed(ComposedWork work, TimeSpan planned) => work.Model(work.All(planned), _firstToken);

    // A pause as long as the baseline is taken for the end: the reads of what was planned in it are run.
    private TimeSpan Close(ComposedWork work)
    {
        var turn = work.Turn;
        foreach (var (from, to) in turn.Pauses)
        {
            if (to - from < times.Baseline) continue;
            work.FalseCloses++;
            var planned = Plan(from + times.Baseline, work);
            if (planned < to && turn.By(from + times.Baseline) is { } heard) work.Reads(heard.Plan, planned);
        }

        return work.Floor = Later(turn.End + times.Baseline, turn.Final);
    }
}
