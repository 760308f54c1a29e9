using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Simulation.SpeculationBench.Planners;
using ContactCenterAgent.Simulation.SpeculationBench.Policies;
using ContactCenterAgent.Simulation.SpeculationBench.Product;
using ContactCenterAgent.Simulation.SpeculationBench.Recordings;
using ContactCenterAgent.Simulation.SpeculationBench.Results;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>Plays composed tasks under every policy: figures by shape of task.</summary>
internal sealed class ComposedBenchmark(ProductOptions product, PolicyTimes times, SpeechOptions speech, long seed)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>The figures of one shape.</summary>
    public PlannerFigures Run(TaskShape shape, int count)
    {
        var tasks = ComposedTasks.Of(shape, count, seed);
        var wrong = WrongValues.Of(tasks.Select(t => t.Dialogue));
        var (turns, states) = (new List<TurnFigure>(), new List<DialogueFigure>());
        foreach (var task in tasks)
        {
            var spoken = TurnStream.Of(task.Dialogue, task.Dialogue.Turns[0], speech, wrong);
            var heard = HeardTurn.Of(task.Dialogue, spoken, speech, new ComposedListener(task));
            foreach (var (turn, state) in new ComposedPolicies(times, seed).Play(task, heard).Append(Ours(task, heard)))
            {
                turns.Add(turn);
                states.Add(state);
            }
        }

        return BestChunk.Kept(shape == TaskShape.LookUps ? "look-ups" : "assistant", turns, states);
    }

    private (TurnFigure, DialogueFigure) Ours(ComposedTask task, HeardTurn heard)
    {
        var time = new VirtualTime(new(ProductCall.Start, TimeSpan.Zero));
        return time.Run(() => PlayAsync(task, heard, time), Within);
    }

    private async Task<(TurnFigure, DialogueFigure)> PlayAsync(ComposedTask task, HeardTurn heard, VirtualTime time)
    {
        var watch = new ComposedWatch(heard);
        var (draft, model) = (new ComposedListener(task), new ComposedListener(task));
        var caller = new RecordedCaller(task.Dialogue, [heard.Spoken], speech, draft, model, watch, time);
        var backEnd = new FakeBackEnd(time, new BackEndLatency(Draws.Seed(seed, task.Id)));
        await ProductCall.RunAsync(product, ComposedTools.On(backEnd), draft, model, watch, caller, time);
        return watch.Figures(product.Name, task, caller.Played[0], caller.Heard);
    }
}
