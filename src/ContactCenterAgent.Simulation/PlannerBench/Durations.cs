namespace ContactCenterAgent.Simulation.PlannerBench;

/// <summary>How long single operations took.</summary>
internal sealed class Durations(TimeProvider time)
{
    private readonly List<double> _milliseconds = [];

    public T Measure<T>(Func<T> operation)
    {
        var start = time.GetTimestamp();
        var result = operation();
        _milliseconds.Add(time.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    /// <summary>The fastest of three runs: what other processes do on the machine is no property of the operation.</summary>
    public T MeasureBest<T>(Func<T> operation)
    {
        var best = double.MaxValue;
        for (var run = 1; ; run++)
        {
            var start = time.GetTimestamp();
            var result = operation();
            best = Math.Min(best, time.GetElapsedTime(start).TotalMilliseconds);
            if (run < Runs) continue;
            _milliseconds.Add(best);
            return result;
        }
    }

    private const int Runs = 3;

    public double Median => Percentile(0.5);

    public double Percentile(double share)
    {
        if (_milliseconds.Count == 0) return 0;
        var sorted = _milliseconds.Order().ToList();
        return Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))], 4);
    }
}
