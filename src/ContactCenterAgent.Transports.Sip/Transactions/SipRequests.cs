using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>Messages that follow from others.</summary>
internal static class SipRequests
{
    /// <summary>A response with what every response copies (RFC 3261 section 8.2.6.2); of a broken request, what there is.</summary>
    /// <param name="request">What is answered; its top Via has <c>received</c> and <c>rport</c> filled in.</param>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">Ours.</param>
    /// <param name="toTag">Our tag where the request has none; not for 100.</param>
    internal static SipResponse Respond(SipRequest request, int status, string reason, string? toTag)
    {
        var response = new SipResponse(status, reason) { From = request.From, To = request.To, CallId = request.CallId, CSeq = request.CSeq };
        response.Vias.AddRange(request.Vias);
        foreach (var header in request.Headers)
            if (header.Name is "From" or "To" or "CSeq") response.Headers.Add(header);
        if (toTag is not null && request.To != SipMessage.Nobody && status != 100 && request.To.Tag is null) response.To = request.To.WithTag(toTag);
        if (request["Timestamp"] is { } time && status == 100) response.Add("Timestamp", time);
        return response;
    }

    /// <summary>The ACK of a refusal: part of the INVITE's transaction (RFC 3261 section 17.1.1.3).</summary>
    internal static SipRequest AckOf(SipRequest invite, SipResponse refusal)
    {
        var ack = new SipRequest(SipMethods.Ack, invite.UriText) { From = invite.From, To = refusal.To, CallId = invite.CallId, CSeq = new(invite.CSeq.Number, SipMethods.Ack) };
        ack.Vias.Add(invite.TopVia);
        foreach (var route in invite.Headers.Where(h => h.Name == "Route")) ack.Headers.Add(route);
        ack.Add("Max-Forwards", "70");
        return ack;
    }

    /// <summary>A CANCEL: same branch, same numbers (RFC 3261 section 9.1).</summary>
    internal static SipRequest CancelOf(SipRequest invite)
    {
        var cancel = new SipRequest(SipMethods.Cancel, invite.UriText) { From = invite.From, To = invite.To, CallId = invite.CallId, CSeq = new(invite.CSeq.Number, SipMethods.Cancel) };
        cancel.Vias.Add(invite.TopVia);
        foreach (var route in invite.Headers.Where(h => h.Name == "Route")) cancel.Headers.Add(route);
        cancel.Add("Max-Forwards", "70");
        return cancel;
    }
}
