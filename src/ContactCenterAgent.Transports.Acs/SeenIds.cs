namespace ContactCenterAgent.Transports.Acs;

/// <summary>Ids that have been seen; the oldest are forgotten.</summary>
/// <param name="max">Ids kept.</param>
internal sealed class SeenIds(int max)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Notes an id.</summary>
    /// <returns>False: it has been seen.</returns>
    public bool Add(string id)
    {
        lock (_gate)
        {
            if (!_seen.Add(id)) return false;
            _order.Enqueue(id);
            if (_order.Count > max) _seen.Remove(_order.Dequeue());
            return true;
        }
    }
}
