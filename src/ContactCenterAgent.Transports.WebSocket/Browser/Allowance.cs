namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>How often a page may say something: so many times at once, and so many times a second from then on.</summary>
/// <param name="burst">At once.</param>
/// <param name="perSecond">From then on.</param>
/// <param name="time">A clock.</param>
internal sealed class Allowance(int burst, int perSecond, TimeProvider time)
{
    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one.</summary>
    /// <returns>False: there is none left.</returns>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        if (_left < 1) return false;
        _left--;
        return true;
    }
}
