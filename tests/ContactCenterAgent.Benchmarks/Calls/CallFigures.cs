using System.Globalization;

namespace ContactCenterAgent.Benchmarks.Calls;

/// <summary>Durations of calls, in milliseconds.</summary>
internal sealed class CallFigures(string name)
{
    public const string Head = "| what | runs | p50 ms | p90 ms | p99 ms | max ms |\n| --- | --- | --- | --- | --- | --- |";

    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    public string Row()
    {
        _milliseconds.Sort();
        return $"| {name} | {_milliseconds.Count} | {At(0.5)} | {At(0.9)} | {At(0.99)} | {At(1)} |";
    }

    private string At(double share) => _milliseconds[(int)Math.Min(_milliseconds.Count - 1, share * _milliseconds.Count)].ToString("n0", CultureInfo.InvariantCulture);
}
