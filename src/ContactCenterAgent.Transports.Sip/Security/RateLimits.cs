using System.Net;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>A bucket of tokens for each source address: full at first, refilled steadily. Bounded: when too many sources come, all unknown ones share one bucket.</summary>
/// <param name="perSecond">Tokens a second.</param>
/// <param name="burst">Tokens that a bucket holds.</param>
internal sealed class RateLimits(double perSecond, double burst)
{
    private const int SourcesMax = 8_192;

    private readonly Dictionary<IPAddress, Bucket> _buckets = [];
    private readonly Bucket _others = new();

    /// <summary>Takes a token; false = there is none.</summary>
    internal bool Take(IPAddress source, TimeSpan now)
    {
        var bucket = Of(source, now);
        bucket.Tokens = Tokens(bucket, now);
        bucket.Seen = now;
        if (bucket.Tokens < 1) return false;
        bucket.Tokens--;
        return true;
    }

    /// <summary>Whether there is a token; takes none.</summary>
    internal bool Has(IPAddress source, TimeSpan now) => !_buckets.TryGetValue(source, out var bucket) || Tokens(bucket, now) >= 1;

    private double Tokens(Bucket bucket, TimeSpan now) => bucket.Seen is { } seen ? Math.Min(burst, bucket.Tokens + (now - seen).TotalSeconds * perSecond) : burst;

    private Bucket Of(IPAddress source, TimeSpan now)
    {
        if (_buckets.TryGetValue(source, out var bucket)) return bucket;
        if (_buckets.Count >= SourcesMax) Forget(now);
        if (_buckets.Count >= SourcesMax) return _others;
        return _buckets[source] = new();
    }

    /// <summary>Buckets that are full again say nothing.</summary>
    private void Forget(TimeSpan now)
    {
        foreach (var (source, bucket) in _buckets.ToArray())
            if (Tokens(bucket, now) >= burst) _buckets.Remove(source);
    }

    private sealed class Bucket
    {
        internal double Tokens { get; set; }

        internal TimeSpan? Seen { get; set; }
    }
}
