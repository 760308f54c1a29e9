using System.Collections.Immutable;
using ContactCenterAgent.Simulation.SpeculationBench.Speech;

namespace ContactCenterAgent.Simulation.SpeculationBench.Composed;

/// <summary>Composes tasks: every template in turn, with drawn values. The same seed gives the same tasks.</summary>
internal static class ComposedTasks
{
    public static ImmutableArray<ComposedTask> Of(TaskShape shape, int count, long seed)
    {
        var templates = TaskTemplates.Of(shape);
        return [.. Enumerable.Range(0, count).Select(Compose)];

        ComposedTask Compose(int i)
        {
            var id = FormattableString.Invariant($"{shape.ToString().ToLowerInvariant()}-{i:000}");
            return templates[i % templates.Length](new(new SpeechDraws(seed, id, 0))).Done(shape, id);
        }
    }
}
