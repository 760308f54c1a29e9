namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Dialogs that are over, for as long as somebody may still ask for them: the newest thousand of the last 32 seconds.</summary>
internal sealed class PastDialogs
{
    private const int Max = 1_024;
    private readonly Queue<(DialogId Id, TimeSpan Until)> _order = new();
    private readonly HashSet<DialogId> _ids = [];

    internal void Add(DialogId id, TimeSpan now)
    {
        if (!_ids.Add(id)) return;
        _order.Enqueue((id, now + Transactions.SipTimers.GiveUp));
        Drop(now);
    }

    internal bool Has(DialogId id, TimeSpan now)
    {
        Drop(now);
        return _ids.Contains(id);
    }

    private void Drop(TimeSpan now)
    {
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > Max)) _ids.Remove(_order.Dequeue().Id);
    }
}
