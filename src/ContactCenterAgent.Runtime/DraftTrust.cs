namespace ContactCenterAgent.Runtime;

/// <summary>
/// Whether callers may be answered from a draft before the authority has read their words. Drafts earn it: of the last ones that could have been answered from, hardly any may have been read otherwise by the
/// authority, as an answer that is taken back costs more than the wait. Thread-safe: one serves every call of a host.
/// </summary>
/// <param name="agreed">Drafts that agreed before: what is known from an earlier run. Default: nothing is known, so nothing is earned.</param>
public sealed class DraftTrust(int agreed = 0)
{
    private const int Window = 400, Enough = 200;
    private const double DifferedMax = 0.005;

    private readonly Lock _gate = new();
    private readonly bool[] _differed = new bool[Window];
    private int _count = Math.Min(agreed, Window);
    private int _next;
    private int _wrong;

    /// <summary>At least 200 are known, and of the last 400 at most 5 in a thousand were read otherwise.</summary>
    public bool IsEarned
    {
        get
        {
            lock (_gate) return _count >= Enough && _wrong <= DifferedMax * _count;
        }
    }

    /// <summary>A call has ended.</summary>
    /// <param name="alike">Drafts in it that the authority read alike.</param>
    /// <param name="otherwise">Those that it read otherwise.</param>
    public void Took(int alike, int otherwise)
    {
        lock (_gate)
        {
            for (var i = 0; i < otherwise; i++) Add(differed: true);
            for (var i = 0; i < alike; i++) Add(differed: false);
        }
    }

    private void Add(bool differed)
    {
        if (_differed[_next]) _wrong--;
        if (differed) _wrong++;
        _differed[_next] = differed;
        _next = (_next + 1) % Window;
        _count = Math.Min(_count + 1, Window);
    }
}
