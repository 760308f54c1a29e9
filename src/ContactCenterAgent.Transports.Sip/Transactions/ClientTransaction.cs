using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>A request that waits for its answer: INVITE (RFC 3261 figure 5 with RFC 6026's Accepted), any other (figure 6). No answer is heard as 408, no way to send as 503.</summary>
internal sealed class ClientTransaction
{
    private enum Phase
    {
        /// <summary>Nothing heard yet.</summary>
        Trying,

        /// <summary>A provisional response.</summary>
        Proceeding,

        /// <summary>A final response; its repetitions are absorbed.</summary>
        Completed,

        /// <summary>2xx to an INVITE: every repetition is heard, for each needs an ACK.</summary>
        Accepted,
    }

    private readonly SipTransactions _all;
    private readonly Action<SipResponse> _heard;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Alarm _again;
    private readonly Alarm _end;
    private ReadOnlyMemory<byte> _ack;
    private TimeSpan _wait = SipTimers.T1;
    private Phase _phase;

    internal ClientTransaction(SipTransactions all, SipRequest request, SipPeer to, string key, Action<SipResponse> heard)
    {
        (_all, Request, Peer, Key, _heard) = (all, request, to, key, heard);
        _bytes = SipWriter.Write(request);
        (_again, _end) = (new(all.Alarms, SendAgain), new(all.Alarms, GiveUp));
    }

    internal string Key { get; }

    internal SipRequest Request { get; }

    internal SipPeer Peer { get; }

    /// <summary>A CANCEL may go out once a provisional response has come, and not after a final one (RFC 3261 section 9.1).</summary>
    internal bool CanCancel => _phase == Phase.Proceeding;

    private bool IsInvite => Request.Method == SipMethods.Invite;

    internal void Start()
    {
        _all.Send(Peer, _bytes);
        _end.Set(_all.Now + SipTimers.GiveUp);
        if (!Peer.IsReliable) _again.Set(_all.Now + _wait);
    }

    internal void Receive(SipResponse response)
    {
        switch (_phase)
        {
            case Phase.Trying or Phase.Proceeding when !response.IsFinal:
                _phase = Phase.Proceeding;
                if (IsInvite)
                {
                    // From here on the callee's phone rings; how long is for the user to say.
                    _again.Clear();
                    _end.Clear();
                }

                _heard(response);
                break;
            case Phase.Trying or Phase.Proceeding:
                Finish(response);
                _heard(response);
                break;
            case Phase.Completed when IsInvite && response is { IsFinal: true, IsSuccess: false }:
                _all.Send(Peer, _ack);
                break;
            case Phase.Accepted when response.IsSuccess:
                _heard(response);
                break;
        }
    }

    internal void TransportFailed()
    {
        if (_phase is not (Phase.Trying or Phase.Proceeding)) return;
        Remove();
        _heard(Own(503, "No Way To Send"));
    }

    /// <summary>Waits no longer; whatever still comes is a stray.</summary>
    internal void Abandon() => Remove();

    private void Finish(SipResponse response)
    {
        _again.Clear();
        if (IsInvite && response.IsSuccess)
        {
            _phase = Phase.Accepted;
            _end.Set(_all.Now + SipTimers.GiveUp);
            return;
        }

        _phase = Phase.Completed;
        if (IsInvite)
        {
            _ack = SipWriter.Write(SipRequests.AckOf(Request, response));
            _all.Send(Peer, _ack);
        }

        var linger = Peer.IsReliable ? TimeSpan.Zero : IsInvite ? SipTimers.GiveUp : SipTimers.T4;
        if (linger == TimeSpan.Zero) Remove();
        else _end.Set(_all.Now + linger);
    }

    private void SendAgain()
    {
        _all.Send(Peer, _bytes);
        _wait = IsInvite ? _wait * 2 : _phase == Phase.Proceeding ? SipTimers.T2 : SipTimers.Doubled(_wait);
        _again.Set(_all.Now + _wait);
    }

    private void GiveUp()
    {
        var answered = _phase is Phase.Completed or Phase.Accepted;
        Remove();
        if (!answered) _heard(Own(408, "No Answer"));
    }

    private SipResponse Own(int status, string reason)
    {
        var response = new SipResponse(status, reason) { From = Request.From, To = Request.To, CallId = Request.CallId, CSeq = Request.CSeq };
        response.Vias.Add(Request.TopVia);
        return response;
    }

    private void Remove()
    {
        _again.Clear();
        _end.Clear();
        _phase = Phase.Completed;
        _all.Remove(this);
    }
}
