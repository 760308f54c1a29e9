using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Requests of the peer within the dialog.</summary>
internal sealed partial class SipSession
{
    /// <summary>An ACK of a 2xx.</summary>
    internal void Acknowledged(SipRequest ack, SipPeer from)
    {
        if (_phase == Phase.Over || _invite is null || ack.CSeq.Number != _invite.Request.CSeq.Number || _unacknowledged.Due is null) return;
        _repeat.Clear();
        _unacknowledged.Clear();
        if (_offered)
        {
            _offered = false;
            // Our 2xx made the offer; the ACK must bring the answer (RFC 3264 section 4).
            if (SipBodies.Description(ack) is not { } answer || !_media!.Take(answer))
            {
                _phase = Phase.Up;
                HangUp(SipEnd.Lost);
                return;
            }

            _stack.Emit(new SipEvent.MediaChanged(this, _media.Agreed!));
        }

        Confirm();
    }

    internal void Receive(ServerTransaction transaction, SipPeer from)
    {
        var request = transaction.Request;
        if (_phase == Phase.Over)
        {
            Respond(transaction, 481, "Call/Transaction Does Not Exist");
            return;
        }

        if (!_dialog!.TakeSequence(request, from))
        {
            Respond(transaction, 500, "Request Out Of Order");
            return;
        }

        switch (request.Method)
        {
            case SipMethods.Bye:
                Respond(transaction, 200, "OK");
                // A caller may say BYE before its own ACK; a pending INVITE is then answered too.
                if (_phase == Phase.Ringing) Refuse(487, "Request Terminated");
                End(SipEnd.PeerHungUp, 0);
                break;
            case SipMethods.Invite:
                Reinvite(transaction);
                break;
            case SipMethods.Update:
                Update(transaction);
                break;
            case SipMethods.Info:
                Info(transaction);
                break;
            case SipMethods.Notify:
                Notify(transaction);
                break;
            default:
                Respond(transaction, 200, "OK", ("Allow", SipMethods.Allow), ("Accept", SipBodies.Sdp), ("Supported", _stack.Supported));
                break;
        }
    }

    private void Confirm()
    {
        if (_phase != Phase.Answered) return;
        _phase = Phase.Up;
        _stack.Emit(new SipEvent.Confirmed(this));
        if (_hangUpLater) HangUp();
    }

    /// <summary>Hold, resume, refresh, another codec, another address; all the same (RFC 3261 section 14.2).</summary>
    private void Reinvite(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (_phase is Phase.Ringing or Phase.Calling)
        {
            Respond(transaction, 500, "Server Internal Error", ("Retry-After", "5"));
            return;
        }

        if (_modifying is not null || _offered)
        {
            Respond(transaction, 491, "Request Pending");
            return;
        }

        if (Renegotiate(transaction) is not { } body) return;
        var offered = request.Body.IsEmpty;
        // Whoever sends another INVITE has seen our 2xx, if not our wish for its ACK.
        _unacknowledged.Clear();
        _dialog!.Refresh(request);
        Accept(transaction, body, offered);
        Confirm();
        if (!offered) _stack.Emit(new SipEvent.MediaChanged(this, _media!.Agreed!));
    }

    private void Update(ServerTransaction transaction)
    {
        if (_modifying is not null || (_offered && !transaction.Request.Body.IsEmpty))
        {
            Respond(transaction, 491, "Request Pending");
            return;
        }

        byte[]? body = null;
        if (!transaction.Request.Body.IsEmpty)
        {
            if (_media is null)
            {
                Respond(transaction, 500, "Server Internal Error", ("Retry-After", "5"));
                return;
            }

            if ((body = Renegotiate(transaction)) is null) return;
        }

        _dialog!.Refresh(transaction.Request);
        var answer = Response(transaction.Request, 200, "OK");
        if (_phase != Phase.Ringing) _timer.Answer(transaction.Request, answer, _stack.Options.SessionSeconds);
        if (body is not null)
        {
            answer.Add("Content-Type", SipBodies.Sdp);
            answer.Body = body;
        }

        transaction.Respond(answer);
        if (body is not null) _stack.Emit(new SipEvent.MediaChanged(this, _media!.Agreed!));
    }

    /// <summary>The body of the 2xx; null = it has been refused, and the call goes on as it was.</summary>
    private byte[]? Renegotiate(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!SipBodies.IsReadable(request))
        {
            Respond(transaction, 415, "Unsupported Media Type", ("Accept", SipBodies.Sdp));
            return null;
        }

        if (request.Number("Session-Expires") is < SessionTimer.LeastSeconds && request.Lists("Supported", "timer"))
        {
            Respond(transaction, 422, "Session Interval Too Small", ("Min-SE", $"{SessionTimer.LeastSeconds}"));
            return null;
        }

        if (request.Body.IsEmpty) return _media!.Offer();
        var body = SipBodies.Description(request) is { } offer ? _media!.Answer(offer) : null;
        if (body is null) Respond(transaction, 488, "Not Acceptable Here");
        return body;
    }

    private void Info(ServerTransaction transaction)
    {
        var key = SipBodies.Digit(transaction.Request);
        if (key is null && transaction.Request.ContentType is not (null or "application/dtmf" or "application/dtmf-relay") && !transaction.Request.Body.IsEmpty)
        {
            Respond(transaction, 415, "Unsupported Media Type", ("Accept", "application/dtmf-relay, application/dtmf"));
            return;
        }

        Respond(transaction, 200, "OK");
        if (key is { } digit) _stack.Emit(new SipEvent.Digit(this, digit));
    }

    private void Notify(ServerTransaction transaction)
    {
        var aboutRefer = transaction.Request["Event"] is { } package && package.StartsWith("refer", StringComparison.OrdinalIgnoreCase);
        if (!aboutRefer || !_referred)
        {
            Respond(transaction, aboutRefer ? 481 : 489, aboutRefer ? "Subscription Does Not Exist" : "Bad Event");
            return;
        }

        Respond(transaction, 200, "OK");
        _transfer?.Notified(transaction.Request);
    }

    private void Respond(ServerTransaction transaction, int status, string reason, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var response = Response(transaction.Request, status, reason);
        foreach (var (name, value) in headers) response.Add(name, value);
        transaction.Respond(response);
    }
}
