using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Requests, in the order in which RFC 3261 section 8.2 asks its questions.</summary>
internal sealed partial class SipStack
{
    private static readonly string[] Extensions = ["timer", "100rel"];

    /// <summary>What others may rely on, as the Supported header says it.</summary>
    internal string Supported => Options.Replaces ? "timer, replaces" : "timer";

    /// <summary>Answers with a response of our own.</summary>
    internal void Respond(ServerTransaction transaction, int status, string reason, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var response = SipRequests.Respond(transaction.Request, status, reason, NewToken());
        foreach (var (name, value) in headers) response.Add(name, value);
        Finish(response);
        transaction.Respond(response);
    }

    /// <summary>Adds what every response of ours says.</summary>
    internal void Finish(SipMessage message) => message.Add(message is SipRequest ? "User-Agent" : "Server", Options.Agent);

    private void Serve(ServerTransaction transaction, SipPeer from)
    {
        var request = transaction.Request;
        if (!SipMethods.IsServed(request.Method))
        {
            var known = SipMethods.IsKnown(request.Method);
            Respond(transaction, known ? 405 : 501, known ? "Method Not Allowed" : "Not Implemented", ("Allow", SipMethods.Allow));
        }
        else if (request.Method == SipMethods.Cancel)
        {
            Cancel(transaction);
        }
        else if (Missing(request) is { Length: > 0 } missing)
        {
            Respond(transaction, 420, "Bad Extension", ("Unsupported", missing));
        }
        else if (request.To.Tag is not null)
        {
            if (InDialog(request) is { } session) session.Receive(transaction, from);
            else Respond(transaction, 481, "Call/Transaction Does Not Exist");
        }
        else
        {
            ServeOutside(transaction, from);
        }
    }

    private string Missing(SipRequest request) =>
        string.Join(", ", request.List("Require").Concat(request.List("Proxy-Require")).Where(e => !IsKnown(e)).Where(e => SipText.IsToken(e)).Take(8));

    private bool IsKnown(string extension) =>
        Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) || (Options.Replaces && extension.Equals("replaces", StringComparison.OrdinalIgnoreCase));

    private void ServeOutside(ServerTransaction transaction, SipPeer from)
    {
        switch (transaction.Request.Method)
        {
            case SipMethods.Options when !Accepts(transaction.Request):
                Respond(transaction, 406, "Not Acceptable", ("Accept", SipBodies.Sdp));
                break;
            case SipMethods.Options:
                if (Draining) Respond(transaction, 503, "Service Unavailable", ("Retry-After", $"{Options.RetryAfterSeconds}"));
                else Respond(transaction, 200, "OK", ("Allow", SipMethods.Allow), ("Accept", SipBodies.Sdp), ("Supported", Supported), ("Contact", ContactFor(from).ToString()));
                break;
            case SipMethods.Invite:
                Invite(transaction, from);
                break;
            default:
                Respond(transaction, 481, "Call/Transaction Does Not Exist");
                break;
        }
    }

    private static bool Accepts(SipRequest request) =>
        request["Accept"] is not { Length: > 0 } || request.List("Accept").Any(a => a.StartsWith(SipBodies.Sdp, StringComparison.OrdinalIgnoreCase) || a.StartsWith("*/*", StringComparison.Ordinal) || a.StartsWith("application/*", StringComparison.OrdinalIgnoreCase));

    private void Cancel(ServerTransaction transaction)
    {
        var invite = Transactions.Cancelled(transaction.Request);
        if (invite is null)
        {
            Respond(transaction, 481, "Call/Transaction Does Not Exist");
            return;
        }

        Respond(transaction, 200, "OK");
        invite.WhenCancelled?.Invoke();
    }

    private void Invite(ServerTransaction transaction, SipPeer from)
    {
        var request = transaction.Request;
        var merge = (request.CallId, request.From.Tag, request.CSeq.Number);
        if (_invites.TryGetValue(merge, out var other) && other != transaction.Key)
        {
            Respond(transaction, 482, "Loop Detected");
            return;
        }

        if (!IsAdmitted(transaction, from) || !MayReplace(transaction, out var replaced)) return;
        // What takes the place of a call needs no further room.
        if (replaced is null && (Draining || Sessions >= Options.Sessions))
        {
            Counters.TurnedAway++;
            Respond(transaction, 503, "Service Unavailable", ("Retry-After", $"{Options.RetryAfterSeconds}"));
            return;
        }

        if (!SipBodies.IsReadable(request))
        {
            Respond(transaction, 415, "Unsupported Media Type", ("Accept", SipBodies.Sdp), ("Accept-Encoding", "identity"));
            return;
        }

        if (request["Contact"] is not null ? request.Contact?.Uri is null : request.TopVia.HasCookie || request.From.Uri is null)
        {
            // Callers of RFC 2543 needed no contact; all others do (RFC 3261 section 8.1.1.8).
            Respond(transaction, 400, "Bad Or Missing Contact");
            return;
        }

        if (request.Number("Session-Expires") is < SessionTimer.LeastSeconds && request.Lists("Supported", "timer"))
        {
            Respond(transaction, 422, "Session Interval Too Small", ("Min-SE", $"{SessionTimer.LeastSeconds}"));
            return;
        }

        var offer = SipBodies.Description(request);
        var srtp = RuleFor(from);
        if (!request.Body.IsEmpty && (offer is null || srtp is null || !SdpNegotiation.CanAnswer(offer, srtp.Value, Options.Codecs)))
        {
            Respond(transaction, 488, "Not Acceptable Here", ("Accept", SipBodies.Sdp));
            return;
        }

        SessionBegan();
        _invites[merge] = transaction.Key;
        var session = SipSession.Answering(this, transaction, from, offer, srtp ?? SrtpRule.Offered);
        session.WhenOver = () => _invites.Remove(merge);
        transaction.Respond(SipRequests.Respond(request, 100, "Trying", null));
        Emit(replaced is null ? new SipEvent.Offered(session) : new SipEvent.Replacing(session, replaced));
    }

    /// <summary>Whether the call that is to be replaced, if any, can be (RFC 3891 section 3); if not, it has been said.</summary>
    /// <param name="transaction">The INVITE.</param>
    /// <param name="replaced">Null = a call like any other.</param>
    private bool MayReplace(ServerTransaction transaction, out SipSession? replaced)
    {
        replaced = null;
        if (!Options.Replaces) return true;
        var headers = transaction.Request.Headers.Where(h => h.Name == "Replaces").Take(2).ToList();
        if (headers.Count == 0) return true;
        if (headers.Count > 1 || SipReplaces.Parse(headers[0].Value) is not { } asked)
        {
            Respond(transaction, 400, "Bad Replaces");
            return false;
        }

        if (!_dialogs.TryGetValue(asked.Dialog, out var session))
        {
            var over = _past.Has(asked.Dialog, Now);
            Respond(transaction, over ? 603 : 481, over ? "Decline" : "Call/Transaction Does Not Exist");
            return false;
        }

        // A call that we have not answered can only be replaced by the one who was called, which is us.
        if (!session.IsAnswered || asked.EarlyOnly)
        {
            Respond(transaction, session.IsAnswered ? 486 : 481, session.IsAnswered ? "Busy Here" : "Call/Transaction Does Not Exist");
            return false;
        }

        replaced = session;
        return true;
    }

    /// <summary>Keys in an SDP that anybody could read are no secret.</summary>
    private SrtpRule? RuleFor(SipPeer from)
    {
        if (from.Transport == SipTransport.Tls || Options.SrtpWithoutTls) return Options.Srtp;
        return Options.Srtp == SrtpRule.Required ? null : SrtpRule.PlainOnly;
    }

    private bool IsAdmitted(ServerTransaction transaction, SipPeer from)
    {
        if (_digest is null || !Options.Callers.MustAuthenticate(from)) return true;
        if (!_wrongPasswords.Has(from.Address.Address, Now))
        {
            // Whoever guesses learns nothing from here on, a right guess included.
            Respond(transaction, 403, "Forbidden");
            return false;
        }

        var verdict = _digest.Check(transaction.Request, Now);
        if (verdict == DigestVerdict.Known) return true;
        if (verdict == DigestVerdict.Wrong)
        {
            Counters.WrongPasswords++;
            _wrongPasswords.Take(from.Address.Address, Now);
        }

        var challenge = SipRequests.Respond(transaction.Request, 401, "Unauthorized", NewToken());
        _digest.Challenge(challenge, Now, verdict == DigestVerdict.Stale);
        Finish(challenge);
        transaction.Respond(challenge);
        return false;
    }
}
