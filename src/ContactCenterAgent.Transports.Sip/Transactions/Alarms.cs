namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>A moment at which something is to be done; at most one at a time.</summary>
internal sealed class Alarm(Alarms alarms, Action ring)
{
    /// <summary>When; null = not set.</summary>
    internal TimeSpan? Due { get; private set; }

    internal void Set(TimeSpan due)
    {
        Due = due;
        alarms.Add(this, due);
    }

    internal void Clear()
    {
        if (Due is not null) alarms.Drop();
        Due = null;
    }

    internal void Ring()
    {
        Due = null;
        ring();
    }
}

/// <summary>Deadlines as data: whoever drives the stack asks for the next one and says when it has come.</summary>
internal sealed class Alarms
{
    private readonly PriorityQueue<Alarm, TimeSpan> _queue = new();
    private int _stale;

    /// <summary>Alarms that are set.</summary>
    internal int Count => _queue.UnorderedItems.Count(item => item.Element.Due == item.Priority);

    internal void Add(Alarm alarm, TimeSpan due) => _queue.Enqueue(alarm, due);

    internal void Drop()
    {
        // Alarms that were cleared stay in the queue until their time; too many of them are swept out.
        if (++_stale < 1024 || _stale < _queue.Count / 2) return;
        var live = _queue.UnorderedItems.Where(item => item.Element.Due == item.Priority).Distinct().ToArray();
        _queue.Clear();
        _queue.EnqueueRange(live);
        _stale = 0;
    }

    internal TimeSpan? Next
    {
        get
        {
            while (_queue.TryPeek(out var alarm, out var due))
            {
                if (alarm.Due == due) return due;
                _queue.Dequeue();
                _stale = Math.Max(0, _stale - 1);
            }

            return null;
        }
    }

    /// <summary>Rings everything that is due.</summary>
    internal void Ring(TimeSpan now)
    {
        while (Next is { } due && due <= now) _queue.Dequeue().Ring();
    }
}
