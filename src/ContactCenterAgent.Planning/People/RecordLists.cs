using System.Runtime.InteropServices;

namespace ContactCenterAgent.Planning.People;

/// <summary>Records by a key, as chains through one array: twenty bytes a record, whatever the number of keys. The newest record of a key stands first.</summary>
internal sealed class RecordLists
{
    private readonly Dictionary<long, int> _first = [];
    private readonly List<int> _next = [];

    public void Add(long key, int record)
    {
        while (_next.Count <= record) _next.Add(-1);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, key, out var known);
        _next[record] = known ? first : -1;
        first = record;
    }

    public void Remove(long key, int record)
    {
        if (!_first.TryGetValue(key, out var at)) return;
        if (at != record)
        {
            while (at >= 0 && _next[at] != record) at = _next[at];
            if (at >= 0) _next[at] = _next[record];
        }
        else if (_next[record] >= 0)
        {
            _first[key] = _next[record];
        }
        else
        {
            _first.Remove(key);
        }
    }

    /// <summary>The first record of a key; -1 = none.</summary>
    public int First(long key) => _first.TryGetValue(key, out var record) ? record : -1;

    /// <summary>The record after another of the same key; -1 = none.</summary>
    public int Next(int record) => _next[record];
}
