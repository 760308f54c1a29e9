using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>A blind transfer that is under way: REFER, then the peer's word on what became of it (RFC 3515, RFC 5589 section 6).</summary>
internal sealed class SipTransfer
{
    private readonly Action<SipTransferResult> _ended;
    private readonly Alarm _patience;
    private int _status;
    private bool _over;

    internal SipTransfer(SipTransactions transactions, TimeSpan patience, Action<SipTransferResult> ended)
    {
        _ended = ended;
        _patience = new(transactions.Alarms, () => End(SipTransferOutcome.NoAnswer));
        _patience.Set(transactions.Now + patience);
    }

    /// <summary>The final response to the REFER.</summary>
    internal void Accepted(SipResponse response)
    {
        _status = response.Status;
        if (!response.IsSuccess) End(OutcomeOf(response.Status));
    }

    /// <summary>A NOTIFY of the subscription that a REFER makes.</summary>
    internal void Notified(SipRequest notify)
    {
        if (SipBodies.Fragment(notify) is { } status)
        {
            _status = status;
            if (status >= 200) End(OutcomeOf(status));
        }
        else if (notify["Subscription-State"] is { } state && state.StartsWith("terminated", StringComparison.OrdinalIgnoreCase))
        {
            End(SipTransferOutcome.Failed);
        }
    }

    /// <summary>The leg is gone before a word came.</summary>
    internal void Abandon() => End(SipTransferOutcome.Failed);

    private void End(SipTransferOutcome outcome)
    {
        if (_over) return;
        _over = true;
        _patience.Clear();
        _ended(new(outcome, _status));
    }

    private static SipTransferOutcome OutcomeOf(int status) => status switch
    {
        >= 200 and < 300 => SipTransferOutcome.Answered,
        486 or 600 => SipTransferOutcome.Busy,
        403 or 603 or 607 or 608 => SipTransferOutcome.Declined,
        408 or 480 or 487 => SipTransferOutcome.NoAnswer,
        _ => SipTransferOutcome.Failed,
    };
}
