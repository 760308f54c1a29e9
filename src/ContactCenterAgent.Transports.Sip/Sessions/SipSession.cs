using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>One call's signalling, whoever called (RFC 3261 sections 13 to 15).</summary>
internal sealed partial class SipSession
{
    private enum Phase
    {
        /// <summary>Somebody calls us; we have not answered.</summary>
        Ringing,

        /// <summary>We call; no final answer yet.</summary>
        Calling,

        /// <summary>Our 2xx is out, its ACK is not here.</summary>
        Answered,

        /// <summary>Both sides know.</summary>
        Up,

        /// <summary>Over for us; transactions may linger.</summary>
        Over,
    }

    private readonly SipStack _stack;
    private readonly SrtpRule _srtp;
    private readonly SessionTimer _timer;
    private readonly Alarm _repeat;
    private readonly Alarm _unacknowledged;
    private readonly Alarm _ringing;
    private SdpNegotiation? _media;
    private SipDialog? _dialog;
    private ServerTransaction? _invite;
    private SessionDescription? _offer;
    private TimeSpan _wait;
    private Phase _phase;
    private bool _offered;
    private bool _hangUpLater;
    private SipTransfer? _transfer;

    private SipSession(SipStack stack, SrtpRule srtp, DigestClient? digest)
    {
        (_stack, _srtp, _digest) = (stack, srtp, digest);
        var alarms = stack.Transactions.Alarms;
        _timer = new(stack.Transactions, Refresh, () => HangUp(SipEnd.Lost));
        (_repeat, _unacknowledged, _ringing) = (new(alarms, RepeatAnswer), new(alarms, () => GiveUpOnAck()), new(alarms, RungOut));
    }

    internal Action? WhenOver { get; set; }

    /// <summary>Our call was answered, and the answer fits.</summary>
    internal Action? WhenAccepted { get; set; }

    /// <summary>Status with which it ended; 0 = by BYE, or it has not.</summary>
    internal int EndStatus { get; private set; }

    /// <summary>The call is up, and is not being put through already.</summary>
    internal bool CanTransfer => _phase == Phase.Up && _transfer is null;

    /// <summary>Null = there is none yet.</summary>
    internal DialogId? Dialog => _dialog?.Id;

    /// <summary>Anything that the shell keeps with the session.</summary>
    internal object? Owner { get; set; }

    /// <summary>The INVITE; headers are the caller's word.</summary>
    internal SipRequest? Invite => _invite?.Request;

    /// <summary>What sound is agreed on; null = nothing yet.</summary>
    internal AgreedMedia? Media => _media?.Agreed;

    /// <summary>The caller's offer would be answered with sound of 16000 samples a second.</summary>
    internal bool IsWide => _offer is not null && SdpNegotiation.Preferred(_offer, _srtp, _stack.Options.Codecs) == SipCodec.G722;

    internal bool IsOver => _phase == Phase.Over;

    /// <summary>A 2xx has been sent, or has come, and nobody has hung up.</summary>
    internal bool IsAnswered => _phase is Phase.Answered or Phase.Up;

    /// <summary>Where the peer's signalling last came from.</summary>
    internal SipPeer? Peer => _dialog?.Peer;

    internal static SipSession Answering(SipStack stack, ServerTransaction invite, SipPeer from, SessionDescription? offer, SrtpRule srtp)
    {
        var session = new SipSession(stack, srtp, null) { _invite = invite, _offer = offer, _phase = Phase.Ringing };
        session._dialog = SipDialog.Answering(invite.Request, from, stack.NewToken(), NewSequence(stack));
        stack.Track(session._dialog.Id, session);
        invite.WhenCancelled = session.Cancelled;
        session._ringing.Set(stack.Now + stack.Options.RingMax);
        return session;
    }

    /// <summary>180, unless the peer insists on reliable provisional responses, which we do without by sending none (RFC 3262 section 3).</summary>
    internal void Ring()
    {
        if (_phase != Phase.Ringing || _invite!.Request.Lists("Require", "100rel")) return;
        _invite.Respond(Response(_invite.Request, 180, "Ringing"));
    }

    /// <summary>Answers. The sound of the call is at <paramref name="local"/> from now on.</summary>
    internal void Answer(LocalMedia local)
    {
        if (_phase != Phase.Ringing) return;
        _media = new(local, _srtp);
        var body = _offer is null ? _media.Offer() : _media.Answer(_offer);
        if (body is null)
        {
            Refuse(488, "Not Acceptable Here");
            return;
        }

        _phase = Phase.Answered;
        _ringing.Clear();
        Accept(_invite!, body, offered: _offer is null);
        if (_media.Agreed is { } agreed) _stack.Emit(new SipEvent.MediaChanged(this, agreed));
    }

    /// <summary>Refuses a call that we have not answered.</summary>
    internal void Refuse(int status, string reason, uint? retryAfter = null)
    {
        if (_phase != Phase.Ringing) return;
        var refusal = Response(_invite!.Request, status, reason);
        if (retryAfter is { } seconds) refusal.Add("Retry-After", $"{seconds}");
        _invite.Respond(refusal);
        End(status == 487 ? SipEnd.Cancelled : SipEnd.WeHungUp, status);
    }

    /// <summary>The caller has given up. After our answer it does nothing (RFC 3261 section 9.2).</summary>
    internal void Cancelled() => Refuse(487, "Request Terminated");

    /// <summary>Ends the call as it stands: refuses, cancels or says BYE.</summary>
    internal void HangUp(SipEnd end = SipEnd.WeHungUp)
    {
        switch (_phase)
        {
            case Phase.Ringing:
                Refuse(end == SipEnd.WeHungUp ? 603 : 480, end == SipEnd.WeHungUp ? "Decline" : "Temporarily Unavailable");
                break;
            case Phase.Calling:
                CancelCall();
                break;
            case Phase.Answered:
                // The callee may not say BYE before the ACK, or before it is clear that none comes (RFC 3261 section 15).
                _hangUpLater = true;
                break;
            case Phase.Up:
                SendBye();
                End(end, 0);
                break;
        }
    }

    /// <summary>Puts the peer through to somebody else (REFER). Ends with <see cref="SipEvent.Transferred"/>.</summary>
    /// <param name="target">Who.</param>
    /// <param name="ask">Calls the target first (RFC 5589 section 7): once it has answered <see cref="SipEvent.TargetAnswered"/> comes, and <see cref="HandOver"/> is awaited. Null: the target is not asked.</param>
    internal void Transfer(SipUri target, Func<SipSession>? ask = null)
    {
        if (!CanTransfer)
        {
            _stack.Emit(new SipEvent.Transferred(this, new(SipTransferOutcome.Failed, 0)));
            return;
        }

        _transfer = new(_stack.Transactions, target, _stack.Options.TransferMax, Transferred);
        if (ask is null) HandOver();
        else _transfer.Ask(ask(), () => _stack.Emit(new SipEvent.TargetAnswered(this)));
    }

    /// <summary>Sends the peer to the target: where that has been asked, in place of our own call to it.</summary>
    internal void HandOver()
    {
        if (_phase != Phase.Up || _transfer is not { } transfer || transfer.Refer() is not { } target) return;
        Request(
            () =>
            {
                var refer = _dialog!.Request(SipMethods.Refer);
                refer.Add("Refer-To", $"<{target}>");
                refer.Add("Referred-By", $"<{_dialog.Local.UriText}>");
                return refer;
            },
            response =>
            {
                if (response.IsFinal) transfer.Accepted(response);
            });
    }

    private static uint NewSequence(SipStack stack)
    {
        Span<byte> bytes = stackalloc byte[4];
        stack.Options.Random(bytes);
        return BitConverter.ToUInt32(bytes) & 0xFFFF;
    }

    private void Transferred(SipTransferResult result)
    {
        _transfer = null;
        _stack.Emit(new SipEvent.Transferred(this, result));
        // The caller talks to somebody else now; this leg has done its work.
        if (result.Outcome == SipTransferOutcome.Answered) HangUp();
    }

    /// <summary>A response within this session: our tag, contact, and every Record-Route as it came (RFC 3261 section 12.1.1).</summary>
    private SipResponse Response(SipRequest request, int status, string reason)
    {
        var response = SipRequests.Respond(request, status, reason, _dialog!.Id.LocalTag);
        foreach (var header in request.Headers)
            if (header.Name == "Record-Route" && status is > 100 and < 300) response.Add(header.Name, header.Value);
        if (status is > 100 and < 300 || status == 485) response.Add("Contact", _stack.ContactFor(_dialog.Peer).ToString());
        _stack.Finish(response);
        return response;
    }

    /// <summary>Sends a 2xx to an INVITE and goes on sending it until the ACK (RFC 3261 section 13.3.1.4).</summary>
    private void Accept(ServerTransaction transaction, byte[] body, bool offered)
    {
        var answer = Response(transaction.Request, 200, "OK");
        answer.Add("Allow", SipMethods.Allow);
        answer.Add("Supported", _stack.Supported);
        _timer.Answer(transaction.Request, answer, _stack.Options.SessionSeconds);
        answer.Add("Content-Type", SipBodies.Sdp);
        answer.Body = body;
        (_invite, _offered, _wait) = (transaction, offered, SipTimers.T1);
        transaction.Respond(answer);
        // Streams too: the ACK goes from end to end, and a hop in between may have lost either.
        _repeat.Set(_stack.Now + _wait);
        _unacknowledged.Set(_stack.Now + SipTimers.GiveUp);
    }

    /// <summary>Nobody has answered in time, on our side or on theirs.</summary>
    private void RungOut()
    {
        if (_phase != Phase.Calling)
        {
            Refuse(480, "Temporarily Unavailable");
        }
        else if (!_cancelled)
        {
            CancelCall();
        }
        else
        {
            // The CANCEL is out, and what it is about was never answered: nothing more can come of it.
            _call!.Abandon();
            End(SipEnd.WeHungUp, 487);
        }
    }

    private void RepeatAnswer()
    {
        _invite!.RepeatSuccess();
        _wait = SipTimers.Doubled(_wait);
        _repeat.Set(_stack.Now + _wait);
    }

    private void GiveUpOnAck()
    {
        _repeat.Clear();
        SendBye();
        End(SipEnd.Lost, 408);
    }

    private void SendBye() => Request(() => _dialog!.Request(SipMethods.Bye), _ => { });

    private void End(SipEnd end, int status)
    {
        if (_phase == Phase.Over) return;
        (_phase, EndStatus) = (Phase.Over, status);
        _repeat.Clear();
        _unacknowledged.Clear();
        _ringing.Clear();
        _timer.Stop();
        _transfer?.Abandon();
        if (_dialog is not null) _stack.Forget(_dialog.Id);
        WhenOver?.Invoke();
        _stack.SessionOver();
        _stack.Emit(new SipEvent.Ended(this, end, status));
    }
}
