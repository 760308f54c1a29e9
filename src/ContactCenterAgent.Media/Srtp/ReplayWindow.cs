namespace ContactCenterAgent.Media.Srtp;

/// <summary>Which packets have come: the last 64 by index (RFC 3711 section 3.3.2).</summary>
internal struct ReplayWindow
{
    private ulong _seen;

    /// <summary>The highest index that came.</summary>
    public long Highest { get; private set; }

    /// <summary>Whether a packet may be new.</summary>
    public readonly bool IsNew(long index)
    {
        if (_seen == 0 || index > Highest) return true;
        var behind = Highest - index;
        return behind < 64 && (_seen & (1UL << (int)behind)) == 0;
    }

    /// <summary>Marks a packet that has been authenticated.</summary>
    public void Add(long index)
    {
        if (_seen == 0 || index > Highest)
        {
            var step = _seen == 0 ? 64 : index - Highest;
            _seen = step >= 64 ? 1 : (_seen << (int)step) | 1;
            Highest = index;
        }
        else
        {
            _seen |= 1UL << (int)(Highest - index);
        }
    }
}
