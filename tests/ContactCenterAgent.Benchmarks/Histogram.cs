namespace ContactCenterAgent.Benchmarks;

/// <summary>Every duration as it was; a million of them is eight megabytes, and no bucket hides the tail.</summary>
internal sealed class Histogram(int capacity)
{
    private readonly long[] _ticks = new long[capacity];
    private int _count;

    public int Count => _count;

    public bool IsFull => _count == _ticks.Length;

    public void Add(long ticks)
    {
        if (_count < _ticks.Length) _ticks[_count++] = ticks;
    }

    public void Clear() => _count = 0;

    public string Row(string name)
    {
        var sorted = _ticks[.._count];
        Array.Sort(sorted);
        return $"| {name} | {_count:n0} | {At(sorted, 0.5)} | {At(sorted, 0.9)} | {At(sorted, 0.99)} | {At(sorted, 0.999)} | {Microseconds(sorted[^1])} |";
    }

    private static string At(long[] sorted, double share) => Microseconds(sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)]);

    private static string Microseconds(long ticks) => (ticks * 1e6 / TimeProvider.System.TimestampFrequency).ToString("n1");
}
