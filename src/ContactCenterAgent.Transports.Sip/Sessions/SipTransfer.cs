using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>
/// A transfer that is under way: REFER, then the peer's word on what became of it (RFC 3515). Blind (RFC 5589 section 6), or attended (section 7): the target is called first, and the peer takes the place of our call.
/// However it ends, our call to the target ends with it.
/// </summary>
internal sealed class SipTransfer
{
    private readonly SipTransactions _transactions;
    private readonly SipUri _target;
    private readonly TimeSpan _patienceMax;
    private readonly Action<SipTransferResult> _ended;
    private readonly Alarm _patience;
    private SipSession? _asked;
    private int _status;
    private bool _accepted;
    private bool _referred;
    private bool _over;

    internal SipTransfer(SipTransactions transactions, SipUri target, TimeSpan patience, Action<SipTransferResult> ended)
    {
        (_transactions, _target, _patienceMax, _ended) = (transactions, target, patience, ended);
        _patience = new(transactions.Alarms, () => End(SipTransferOutcome.NoAnswer));
        _patience.Set(transactions.Now + patience);
    }

    /// <summary>Waits for the target's answer first.</summary>
    /// <param name="call">Our call to it.</param>
    /// <param name="answered">It has answered: the peer may be sent.</param>
    internal void Ask(SipSession call, Action answered)
    {
        _asked = call;
        call.WhenAccepted = () =>
        {
            _accepted = true;
            answered();
        };
        call.WhenOver = () =>
        {
            // Once the peer has taken its place, our call ends; before that the target does not want to be asked.
            if (_referred) return;
            _status = call.EndStatus;
            End(_accepted ? SipTransferOutcome.Declined : OutcomeOf(_status));
        };
    }

    /// <summary>Begins to wait for what the peer says of it.</summary>
    /// <returns>Where the peer is sent to; null = it is sent already, or the target has not answered yet.</returns>
    internal SipUri? Refer()
    {
        if (_referred || _over || (_asked is not null && !_accepted)) return null;
        _referred = true;
        _patience.Set(_transactions.Now + _patienceMax);
        if (_asked?.Dialog is not { } dialog) return _target;

        // The tags as the target sees them (RFC 3891 section 6.1), escaped as a header within a URI (RFC 3261 section 19.1.1).
        var replaces = "Replaces=" + Uri.EscapeDataString($"{dialog.CallId};to-tag={dialog.RemoteTag};from-tag={dialog.LocalTag}");
        return _target with { Headers = _target.Headers is { Length: > 0 } headers ? $"{headers}&{replaces}" : replaces };
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
        _asked?.HangUp();
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
