using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Requests of our own: calls, refreshes, and what their answers mean.</summary>
internal sealed partial class SipSession
{
    private readonly DigestClient? _digest;
    private ClientTransaction? _call;
    private ClientTransaction? _modifying;
    private bool _referred;
    private bool _cancelled;
    private bool _updates;
    private ReadOnlyMemory<byte> _ack;
    private SipPeer? _ackTo;

    /// <summary>Calls somebody. Ends with <see cref="SipEvent.Ended"/>, perhaps after <see cref="SipEvent.Confirmed"/>.</summary>
    internal static SipSession Calling(SipStack stack, SipUri target, SipPeer to, NameAddress from, LocalMedia local, SipCredentials? credentials, bool secure)
    {
        var session = new SipSession(stack, to.Transport == SipTransport.Tls ? SrtpRule.Offered : stack.Options.SrtpWithoutTls ? SrtpRule.Offered : SrtpRule.PlainOnly, credentials is null ? null : new(credentials, () => stack.NewToken()))
        {
            _phase = Phase.Calling,
            _media = new(local, secure ? SrtpRule.Required : SrtpRule.Offered),
        };
        stack.SessionBegan();
        var (callId, sequence, tagged) = ($"{stack.NewToken(12)}@{from.Uri?.Host ?? "localhost"}", NewSequence(stack), from.WithTag(stack.NewToken()));
        var body = session._media.Offer(secure);
        session.SendCall(
            () =>
            {
                var invite = new SipRequest(SipMethods.Invite, target.ToString()) { From = tagged, To = NameAddress.Of(target), CallId = callId, CSeq = new(++sequence, SipMethods.Invite), Body = body };
                invite.Add("Max-Forwards", "70");
                invite.Add("Contact", stack.ContactFor(to).ToString());
                invite.Add("Allow", SipMethods.Allow);
                invite.Add("Supported", stack.Supported);
                invite.Add("Session-Expires", $"{stack.Options.SessionSeconds}");
                invite.Add("Content-Type", SipBodies.Sdp);
                return invite;
            },
            to,
            mayRetry: true);
        return session;
    }

    private void SendCall(Func<SipRequest> make, SipPeer to, bool mayRetry)
    {
        var invite = make();
        _digest?.Authorise(invite);
        invite.Vias.Add(_stack.ViaTo(to));
        _stack.Finish(invite);
        _call = _stack.Transactions.Open(invite, to, response => CallAnswered(invite, to, response, make, mayRetry));
    }

    private void CallAnswered(SipRequest invite, SipPeer to, SipResponse response, Func<SipRequest> make, bool mayRetry)
    {
        if (!response.IsFinal)
        {
            if (_cancelled) CancelCall();
            else if (_phase == Phase.Calling && response.Status > 100) _ringing.Set(_stack.Now + _stack.Options.RingMax);
            return;
        }

        if (response.IsSuccess)
        {
            CallAccepted(invite, to, response);
            return;
        }

        if (_phase != Phase.Calling) return;
        if (response.Status is 401 or 407 && !_cancelled && mayRetry && _digest?.Take(response) == true) SendCall(make, to, _digest.IsStale);
        else End(_cancelled ? SipEnd.WeHungUp : response.Status is 408 or 503 ? SipEnd.Lost : SipEnd.Refused, response.Status);
    }

    private void CallAccepted(SipRequest invite, SipPeer to, SipResponse response)
    {
        if (_dialog is not null && response.To.Tag == _dialog.Id.RemoteTag)
        {
            // The 2xx once more: the ACK was lost.
            if (!_ack.IsEmpty && invite.CSeq.Number == _call!.Request.CSeq.Number) _stack.Transactions.Send(_ackTo!, _ack);
            return;
        }

        var dialog = SipDialog.Calling(invite, response, to);
        if (_dialog is not null || _phase == Phase.Over)
        {
            // A second phone has answered a forked call: it is acknowledged and sent away (RFC 3261 section 13.2.2.4).
            SendAck(dialog, invite.CSeq.Number);
            Request(() => dialog.Request(SipMethods.Bye), _ => { }, dialog);
            return;
        }

        _dialog = dialog;
        _stack.Track(dialog.Id, this);
        SendAck(dialog, invite.CSeq.Number);
        _ringing.Clear();
        _phase = Phase.Up;
        _updates = response.Lists("Allow", SipMethods.Update);
        _timer.Answered(response);
        var fits = SipBodies.Description(response) is { } answer && _media!.Take(answer);
        if (!fits || _cancelled)
        {
            HangUp(_cancelled ? SipEnd.WeHungUp : SipEnd.Lost);
            return;
        }

        _stack.Emit(new SipEvent.MediaChanged(this, _media!.Agreed!));
        _stack.Emit(new SipEvent.Confirmed(this));
        WhenAccepted?.Invoke();
    }

    private void SendAck(SipDialog dialog, uint sequence)
    {
        var ack = dialog.Ack(sequence);
        _ackTo = dialog.NextHop();
        ack.Vias.Add(_stack.ViaTo(_ackTo));
        _stack.Finish(ack);
        _ack = SipWriter.Write(ack);
        _stack.Transactions.Send(_ackTo, _ack);
    }

    /// <summary>A CANCEL goes out as soon as the peer has said anything; until then it waits (RFC 3261 section 9.1).</summary>
    private void CancelCall()
    {
        _cancelled = true;
        if (_call is not { CanCancel: true }) return;
        var cancel = SipRequests.CancelOf(_call.Request);
        _stack.Transactions.Open(cancel, _call.Peer, _ => { });
        // A peer that has lost the INVITE never says 487.
        _ringing.Set(_stack.Now + SipTimers.GiveUp);
    }

    /// <summary>A request within the dialog; answers a challenge once.</summary>
    private ClientTransaction Request(Func<SipRequest> make, Action<SipResponse> heard, SipDialog? dialog = null, bool mayRetry = true)
    {
        var request = make();
        var to = (dialog ?? _dialog!).NextHop();
        _digest?.Authorise(request);
        request.Vias.Add(_stack.ViaTo(to));
        if (request.Method is not SipMethods.Bye) request.Add("Contact", _stack.ContactFor(to).ToString());
        if (request.Method == SipMethods.Refer) _referred = true;
        _stack.Finish(request);
        return _stack.Transactions.Open(request, to, response =>
        {
            if (response.Status is 401 or 407 && mayRetry && _digest?.Take(response) == true) Request(make, heard, dialog, mayRetry: false);
            else heard(response);
        });
    }

    /// <summary>Tells the peer that we are still here (RFC 4028 section 7.2): UPDATE where it takes one, else an INVITE with what is agreed.</summary>
    private void Refresh()
    {
        if (_phase != Phase.Up) return;
        if (_modifying is not null || _unacknowledged.Due is not null)
        {
            _timer.RetryAfter(SipTimers.T2);
            return;
        }

        var updates = _updates || (_invite?.Request.Lists("Allow", SipMethods.Update) ?? false);
        _modifying = Request(
            () =>
            {
                var refresh = _dialog!.Request(updates ? SipMethods.Update : SipMethods.Invite);
                refresh.Add("Supported", "timer");
                refresh.Add("Session-Expires", $"{_timer.Seconds};refresher=uac");
                if (updates) return refresh;
                refresh.Add("Content-Type", SipBodies.Sdp);
                refresh.Body = _media!.Offer();
                return refresh;
            },
            response => Refreshed(response, updates));
    }

    private void Refreshed(SipResponse response, bool updates)
    {
        if (!response.IsFinal) return;
        var transaction = _modifying;
        _modifying = null;
        if (response.IsSuccess && !updates && _dialog is not null) SendAck(_dialog, response.CSeq.Number);
        if (_phase != Phase.Up) return;
        switch (response.Status)
        {
            case < 300:
                _dialog!.Refresh(response);
                _timer.Answered(response);
                if (!updates && transaction is not null && SipBodies.Description(response) is { } answer && _media!.Take(answer)) _stack.Emit(new SipEvent.MediaChanged(this, _media.Agreed!));
                break;
            case 491:
                // Both sides wanted to change something: the callee waits 0 to 2 s, the caller 2.1 to 4 s (RFC 3261 section 14.1).
                _timer.RetryAfter(TimeSpan.FromMilliseconds((_call is null ? 0 : 2_100) + NewSequence(_stack) % 1_900));
                break;
            case 422:
                _timer.Raise(response.Number("Min-SE") ?? _timer.Seconds * 2);
                _timer.RetryAfter(TimeSpan.FromMilliseconds(1));
                break;
            case 405 or 501 when updates:
                _updates = false;
                _invite?.Request.Headers.RemoveAll(h => h.Name == "Allow");
                _timer.RetryAfter(TimeSpan.FromMilliseconds(1));
                break;
            case 408 or 481 or 503:
                if (response.Status != 481) SendBye();
                End(SipEnd.Lost, response.Status);
                break;
            default:
                // The peer is there, and does not like refreshes: it may end the session when it wants to.
                _timer.RetryAfter(TimeSpan.FromSeconds(Math.Max(30, _timer.Seconds / 4)));
                break;
        }
    }
}
