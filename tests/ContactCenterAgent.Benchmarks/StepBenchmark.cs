using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tests.Laws;

namespace ContactCenterAgent.Benchmarks;

/// <summary>The core's step over random calls: words, results, barge-in, deadlines, hang-ups as in the property test of the laws.</summary>
internal static class StepBenchmark
{
    public static string Run(int steps)
    {
        var histogram = new Histogram(steps);
        StepResult Timed(CallState state, CallEvent happened)
        {
            var began = TimeProvider.System.GetTimestamp();
            var result = CallAgent.Step(state, happened);
            histogram.Add(TimeProvider.System.GetTimestamp() - began);
            return result;
        }

        var random = new Random(1);
        void Play()
        {
            var moves = Enumerable.Range(0, 60).Select(_ => random.Next(0x10000)).ToArray();
            RandomCall.Play(moves, step: Timed);
        }

        while (histogram.Count < steps / 10) Play(); // compiled to its last tier before it counts
        histogram.Clear();
        while (!histogram.IsFull) Play();
        return histogram.Row("CallAgent.Step");
    }
}
