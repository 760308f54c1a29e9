namespace ContactCenterAgent.Media.Clock;

/// <summary>How late ticks began. Written by the clock's thread, read by any.</summary>
public sealed class LatenessHistogram
{
    private static readonly double[] Edges = [0.5, 1, 2, 3, 5, 10, 20, 40, 60, 100, 200, 500, double.PositiveInfinity];
    private readonly long[] _counts = new long[Edges.Length];
    private long _largest;

    /// <summary>Ticks counted.</summary>
    public long Count
    {
        get
        {
            long sum = 0;
            for (var i = 0; i < _counts.Length; i++) sum += Volatile.Read(ref _counts[i]);
            return sum;
        }
    }

    /// <summary>The latest of all.</summary>
    public TimeSpan Largest => TimeSpan.FromTicks(Volatile.Read(ref _largest));

    /// <summary>Ticks by lateness: the upper edge in milliseconds, the last one infinite, and the count.</summary>
    public IEnumerable<(double BelowMilliseconds, long Count)> Buckets
    {
        get
        {
            for (var i = 0; i < Edges.Length; i++) yield return (Edges[i], Volatile.Read(ref _counts[i]));
        }
    }

    /// <summary>The share of ticks that were later than a bucket's edge.</summary>
    /// <param name="edge">One of the edges; 20 ms is one.</param>
    public double ShareLaterThan(TimeSpan edge)
    {
        long later = 0, all = 0;
        for (var i = 0; i < Edges.Length; i++)
        {
            var count = Volatile.Read(ref _counts[i]);
            all += count;
            if (Edges[i] > edge.TotalMilliseconds) later += count;
        }

        return all == 0 ? 0 : (double)later / all;
    }

    internal void Add(TimeSpan late, int ticks)
    {
        var at = 0;
        while (late.TotalMilliseconds > Edges[at]) at++;
        Volatile.Write(ref _counts[at], _counts[at] + ticks);
        if (late.Ticks > _largest) Volatile.Write(ref _largest, late.Ticks);
    }
}
