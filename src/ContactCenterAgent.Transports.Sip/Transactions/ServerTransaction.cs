using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>A request that is being answered: INVITE (RFC 3261 figure 7 with RFC 6026's Accepted), any other (figure 8).</summary>
internal sealed class ServerTransaction
{
    private enum Phase
    {
        /// <summary>No final response yet.</summary>
        Proceeding,

        /// <summary>A final response that is kept for repetitions; of an INVITE, sent again until the ACK.</summary>
        Completed,

        /// <summary>The ACK has come; its repetitions are absorbed.</summary>
        Confirmed,

        /// <summary>2xx to an INVITE: whoever answered sends it again; repetitions of the INVITE are absorbed.</summary>
        Accepted,
    }

    private readonly SipTransactions _all;
    private readonly Alarm _again;
    private readonly Alarm _end;
    private ReadOnlyMemory<byte> _last;
    private TimeSpan _wait = SipTimers.T1;
    private Phase _phase;

    internal ServerTransaction(SipTransactions all, SipRequest request, SipPeer from, string key)
    {
        (_all, Request, Peer, Key) = (all, request, from, key);
        (_again, _end) = (new(all.Alarms, SendAgain), new(all.Alarms, Remove));
    }

    internal string Key { get; }

    internal SipRequest Request { get; }

    /// <summary>Where responses go.</summary>
    internal SipPeer Peer { get; }

    /// <summary>What a CANCEL of this request does.</summary>
    internal Action? WhenCancelled { get; set; }

    internal bool HasFinal => _phase != Phase.Proceeding;

    private bool IsInvite => Request.Method == SipMethods.Invite;

    /// <summary>A repetition, or the ACK of a refusal.</summary>
    internal void Receive(SipRequest request)
    {
        if (request.Method == SipMethods.Ack)
        {
            if (_phase != Phase.Completed || !IsInvite) return;
            _phase = Phase.Confirmed;
            _again.Clear();
            End(Peer.IsReliable ? TimeSpan.Zero : SipTimers.T4);
        }
        else if (_phase is Phase.Proceeding or Phase.Completed && !_last.IsEmpty)
        {
            _all.Send(Peer, _last);
        }
    }

    internal void Respond(SipResponse response)
    {
        if (HasFinal) return;
        _last = SipWriter.Write(response);
        _all.Send(Peer, _last);
        if (!response.IsFinal) return;
        if (!IsInvite)
        {
            _phase = Phase.Completed;
            End(Peer.IsReliable ? TimeSpan.Zero : SipTimers.GiveUp);
        }
        else if (response.IsSuccess)
        {
            _phase = Phase.Accepted;
            End(SipTimers.GiveUp);
        }
        else
        {
            _phase = Phase.Completed;
            End(SipTimers.GiveUp);
            if (!Peer.IsReliable) _again.Set(_all.Now + _wait);
        }
    }

    /// <summary>Sends the 2xx once more: its repetitions are the answering side's business (RFC 3261 section 13.3.1.4).</summary>
    internal void RepeatSuccess() => _all.Send(Peer, _last);

    private void SendAgain()
    {
        _all.Send(Peer, _last);
        _wait = SipTimers.Doubled(_wait);
        _again.Set(_all.Now + _wait);
    }

    private void End(TimeSpan after)
    {
        if (after == TimeSpan.Zero) Remove();
        else _end.Set(_all.Now + after);
    }

    private void Remove()
    {
        _again.Clear();
        _end.Clear();
        _all.Remove(this);
    }
}
