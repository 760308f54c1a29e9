namespace ContactCenterAgent.Transports.Sip.Media;

/// <summary>How a key was told.</summary>
internal enum DigitWay
{
    /// <summary>RFC 4733.</summary>
    Rtp,

    /// <summary>INFO.</summary>
    Info,
}

/// <summary>Some exchanges tell a key both ways: the second telling within a second is the same press.</summary>
internal sealed class DigitFilter
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<(char Key, DigitWay Way, TimeSpan At)> _single = new();

    /// <summary>Whether this telling is a press of its own.</summary>
    internal bool IsNew(char key, DigitWay way, TimeSpan now)
    {
        lock (_gate)
        {
            while (_single.TryPeek(out var old) && now - old.At > Together) _single.Dequeue();
            for (var left = _single.Count; left > 0; left--)
            {
                var one = _single.Dequeue();
                if (one.Key == key && one.Way != way) return false;
                _single.Enqueue(one);
            }

            _single.Enqueue((key, way, now));
            return true;
        }
    }
}
