using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Simulation.SpeculationBench.BackEnds;
using ContactCenterAgent.Simulation.SpeculationBench.Results;

namespace ContactCenterAgent.Simulation.SpeculationBench.Policies;

/// <summary>The textbook agent: model when the turn has closed, tools after the model one after the other, model again for the reply.</summary>
/// <remarks>With <paramref name="together"/> calls of one plan run at once: <c>parallel</c>.</remarks>
internal sealed class SequentialPolicy(bool together, PolicyTimes times, ServiceCatalogue services, BenchTools tools)
    : TimelinePolicy(together ? "parallel" : "sequential", times, services, tools)
{
    /// <inheritdoc/>
    protected override TimeSpan Answer(TurnWork work)
    {
        var turn = work.Turn;
        foreach (var (from, to) in turn.Pauses)
        {
            if (to - from < Times.Baseline) continue;
            work.FalseCloses++;
            CloseTooEarly(work, from + Times.Baseline, to, work.Model(from + Times.Baseline, Times.Model.Plan));
        }

        var close = work.Floor = Later(turn.End + Times.Baseline, turn.Final);
        var reads = work.NewReads(turn.Whole).ToList();
        if (reads.Count == 0 && work.Write is null) return work.Model(close, Times.Model.FirstToken);
        var planned = work.Model(close, Times.Model.Plan);
        var done = planned;
        foreach (var read in reads) done = Later(done, work.Run(read, together ? planned : done));
        if (work.Write is { } write) done = work.Commit(write, done);
        return Times.Phrases ? done + PolicyTimes.Phrase : work.Model(done, Times.Model.FirstToken);
    }

    /// <summary>The floor was taken in a pause: what the model had planned by the time that the caller went on is done.</summary>
    internal static void CloseTooEarly(TurnWork work, TimeSpan close, TimeSpan resumed, TimeSpan planned)
    {
        if (Later(close, planned) >= resumed || work.Turn.By(close) is not { } heard) return;
        foreach (var read in work.NewReads(heard.Plan)) work.Run(read, Later(close, planned));
        if (heard.Plan.Affirmation == Core.Turns.Affirmation.Yes && work.Write is not null) work.FalseClosesWithEffect++;
    }

    internal static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>
/// Preemptive generation (LiveKit Agents, "preemptive generation"): the model starts when the words seem complete, and its draft is kept where words, context and tools are the same
/// at the close; its tools run after the close.
/// </summary>
internal sealed class PreemptivePolicy(PolicyTimes times, ServiceCatalogue services, BenchTools tools) : TimelinePolicy("preemptive", times, services, tools)
{
    /// <inheritdoc/>
    protected override TimeSpan Answer(TurnWork work)
    {
        var turn = work.Turn;
        foreach (var (from, to) in turn.Pauses)
        {
            if (to - from < Times.PartialLag) continue;
            var drafted = work.Model(from + Times.PartialLag, Times.Model.Plan);
            if (to - from < Times.Baseline) continue;
            work.FalseCloses++;
            SequentialPolicy.CloseTooEarly(work, from + Times.Baseline, to, drafted);
        }

        var close = work.Floor = SequentialPolicy.Later(turn.End + Times.Baseline, turn.Final);
        var reads = work.NewReads(turn.Whole).ToList();
        var needsTools = reads.Count > 0 || work.Write is not null;
        var eager = SequentialPolicy.Later(turn.Settled.At, turn.End + Times.PartialLag);
        var planned = SequentialPolicy.Later(close, work.Model(eager, needsTools ? Times.Model.Plan : Times.Model.FirstToken));
        if (!needsTools) return planned;
        var done = planned;
        foreach (var read in reads) done = SequentialPolicy.Later(done, work.Run(read, planned));
        if (work.Write is { } write) done = work.Commit(write, done);
        return Times.Phrases ? done + PolicyTimes.Phrase : work.Model(done, Times.Model.FirstToken);
    }
}

/// <summary>How often a speculative interaction agent looks at the words: after so many words, or after so much time.</summary>
internal sealed record Chunk(int Words, TimeSpan Every)
{
    /// <summary>The settings that are tried; the best one counts.</summary>
    public static readonly Chunk[] Tried =
    [
        new(1, TimeSpan.Zero), new(0, TimeSpan.FromMilliseconds(300)), new(0, TimeSpan.FromMilliseconds(500)), new(0, TimeSpan.FromMilliseconds(1000)),
    ];

    /// <summary>As the figures name it until the best one is known.</summary>
    public string Name => $"{PolicyNames.Sia} {Words}w {Every.TotalMilliseconds:0}ms";

    /// <summary>When it looks at a turn.</summary>
    public IEnumerable<TimeSpan> Boundaries(HeardTurn turn)
    {
        if (Words > 0)
        {
            var next = Words;
            foreach (var moment in turn.Moments)
            {
                if (moment.Words < next) continue;
                yield return moment.At;
                next = moment.Words + Words;
            }

            yield break;
        }

        for (var at = Every; at < turn.Final; at += Every) if (turn.By(at) is not null) yield return at;
    }
}

/// <summary>
/// The rule of "Speculative Interaction Agents": every chunk of words starts a reasoning step anew, a step that is done starts the safe calls whose operands are there, and what is
/// unsafe waits for the final and the step after it. It need not wait for silence: the final is its commit point.
/// </summary>
/// <remarks>With <paramref name="draft"/> a fast planner takes the steps on partials (<c>sia+draft</c>); the commit step is the model's in either case.</remarks>
internal sealed class SiaPolicy(Chunk chunk, bool draft, PolicyTimes times, ServiceCatalogue services, BenchTools tools)
    : TimelinePolicy(draft ? PolicyNames.SiaDraft : chunk.Name, times, services, tools)
{
    private static readonly TimeSpan DraftStep = TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    protected override TimeSpan Answer(TurnWork work)
    {
        var turn = work.Turn;
        var starts = (draft ? turn.Moments.Select(m => m.At) : chunk.Boundaries(turn)).Where(at => at < turn.Final).ToList();
        var steps = starts.Append(turn.Final).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var done = draft ? starts[i] + DraftStep : work.Model(starts[i], Times.Model.Plan);
            if (done > steps[i + 1] || turn.By(starts[i]) is not { } heard) continue;
            foreach (var read in work.WideReads(heard.Plan).Concat(work.NewReads(heard.Plan))) work.Run(read, done);
        }

        return Commit(work);
    }

    private TimeSpan Commit(TurnWork work)
    {
        var turn = work.Turn;
        work.Floor = Times.SameEndpointing ? SequentialPolicy.Later(turn.Final, turn.End + Times.Baseline) : turn.Final;
        var reads = work.NewReads(turn.Whole).ToList();
        if (draft) foreach (var read in reads) work.Run(read, turn.Final + DraftStep);
        var open = reads.Where(r => work.DoneAt(Text(r)) is null).ToList();
        if (open.Count == 0 && work.Write is null)
        {
            var known = reads.Aggregate(turn.Final, (at, r) => SequentialPolicy.Later(at, work.Run(r, at)));
            return Reply(work, known, reads.Count > 0);
        }

        var planned = work.Model(turn.Final, Times.Model.Plan);
        var done = planned;
        foreach (var read in reads) done = SequentialPolicy.Later(done, work.Run(read, planned));
        if (work.Write is { } write) done = work.Commit(write, done);
        return Reply(work, done, true);
    }

    private TimeSpan Reply(TurnWork work, TimeSpan known, bool fromTools) =>
        SequentialPolicy.Later(work.Floor, Times.Phrases && fromTools ? known + PolicyTimes.Phrase : work.Model(known, Times.Model.FirstToken));
}

/// <summary>
/// Knows at each word what will be needed: F_c = max(end of the last needed word + lag, the calls before it) + tau; the answer begins at max(0, F - E) + rho. For an effect the last
/// needed word is the affirming one.
/// </summary>
internal sealed class OraclePolicy(PolicyTimes times, ServiceCatalogue services, BenchTools tools) : TimelinePolicy("oracle", times, services, tools)
{
    /// <inheritdoc/>
    protected override TimeSpan Answer(TurnWork work)
    {
        var turn = work.Turn;
        var reads = work.NewReads(turn.Whole).ToList();
        var done = work.Floor = turn.End;
        foreach (var read in reads) done = SequentialPolicy.Later(done, work.Run(read, NeededAt(turn, read)));
        if (work.Write is { } write) done = SequentialPolicy.Later(done, work.Commit(write, AffirmedAt(turn)));
        var words = reads.Count > 0 || work.Write is not null ? PolicyTimes.Phrase : Times.Model.FirstToken;
        return done + words;
    }

    /// <summary>The moment from which on every plan has this call.</summary>
    private TimeSpan NeededAt(HeardTurn turn, PlannedCall call)
    {
        var at = turn.Final;
        for (var i = turn.Moments.Length - 1; i >= 0 && turn.Moments[i].Plan.Calls.Any(c => Text(c) == Text(call)); i--) at = turn.Moments[i].At;
        return at;
    }

    private TimeSpan AffirmedAt(HeardTurn turn)
    {
        foreach (var moment in turn.Moments)
        {
            var words = turn.Spoken.Words.Take(moment.Words).Select(w => new Core.Turns.Word(w.Text, w.From, w.To, true));
            if (Core.Turns.PlainWords.ReadAnswer([.. words]) == Core.Turns.Affirmation.Yes) return moment.At;
        }

        return turn.End + Times.PartialLag;
    }
}
