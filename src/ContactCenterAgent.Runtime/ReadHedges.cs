namespace ContactCenterAgent.Runtime;

/// <summary>
/// Asks a read that takes unusually long once more and takes whichever answer comes first (Dean and Barroso, "The Tail at Scale", hedged requests). Unusual is longer than 98 of a hundred of the
/// tool's last reads took; what is asked twice is bounded by a share of all reads. Thread-safe: one serves every call of a host.
/// </summary>
/// <param name="share">Reads that may be asked a second time, to all reads. 0 = none; at most 0.1.</param>
public sealed class ReadHedges(double share)
{
    private const int Window = 128, Enough = 32, SavedMax = 4;
    private const double Unusual = 0.98;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Times> _byTool = new(StringComparer.Ordinal);
    private double _saved;

    /// <summary>A read of a tool took so long.</summary>
    public void Took(string tool, TimeSpan time)
    {
        lock (_gate)
        {
            if (!_byTool.TryGetValue(tool, out var times)) _byTool[tool] = times = new();
            times.Add(time);
            _saved = Math.Min(SavedMax, _saved + share);
        }
    }

    /// <summary>Runs a read, and once more beside it where the first run takes too long, a place is free and the share is not used up.</summary>
    /// <param name="tool">Its tool.</param>
    /// <param name="place">A place at the back end for the second run; null = there is none.</param>
    /// <param name="read">Runs it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels both.</param>
    internal async Task<string> RunAsync(string tool, Func<IDisposable?> place, Func<CancellationToken, Task<string>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var json = After(tool) is { } after ? await RunAsync(after, tool, place, read, time, cancellationToken) : await read(cancellationToken);
        Took(tool, time.GetElapsedTime(began));
        return json;
    }

    private async Task<string> RunAsync(TimeSpan after, string tool, Func<IDisposable?> place, Func<CancellationToken, Task<string>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = read(stop.Token);
        if (await first.EndsWithinAsync(after, time) || cancellationToken.IsCancellationRequested || place() is not { } lease) return await first;
        if (!TrySpend())
        {
            lease.Dispose();
            return await first;
        }

        CallMetrics.ReadsHedged.Add(1, new KeyValuePair<string, object?>("tool", tool));
        var second = WithinAsync(lease, read, stop.Token);
        await Task.WhenAny(first.Here(), second.Here());

        // A failure is no answer as long as the other run may bring one.
        if (!first.IsCompletedSuccessfully && !second.IsCompletedSuccessfully)
            await Task.WhenAll(first.Here(), second.Here()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var (won, lost) = second.IsCompletedSuccessfully && !first.IsCompletedSuccessfully ? (second, first) : (first, second);
        stop.CancelUnlessOver();
        _ = lost.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await won;
    }

    private static async Task<string> WithinAsync(IDisposable lease, Func<CancellationToken, Task<string>> read, CancellationToken cancellationToken)
    {
        using (lease) return await read(cancellationToken);
    }

    private TimeSpan? After(string tool)
    {
        if (share <= 0) return null;
        lock (_gate) return _byTool.TryGetValue(tool, out var times) ? times.Unusual : null;
    }

    private bool TrySpend()
    {
        lock (_gate)
        {
            if (_saved < 1) return false;
            _saved--;
            return true;
        }
    }

    /// <summary>What the last reads of a tool took.</summary>
    private sealed class Times
    {
        private readonly TimeSpan[] _last = new TimeSpan[Window];
        private int _count;
        private TimeSpan? _unusual;

        /// <summary>Longer than this is unusual; null until enough is known.</summary>
        public TimeSpan? Unusual => _count < Enough ? null : _unusual ??= Percentile();

        public void Add(TimeSpan time)
        {
            _last[_count++ % Window] = time;
            _unusual = null;
        }

        private TimeSpan Percentile()
        {
            var sorted = _last[..Math.Min(_count, Window)];
            Array.Sort(sorted);
            return sorted[(int)(ReadHedges.Unusual * (sorted.Length - 1))];
        }
    }
}
