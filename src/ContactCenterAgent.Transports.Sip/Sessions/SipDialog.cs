using System.Net;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>What makes a dialog one (RFC 3261 section 12): Call-ID and both tags.</summary>
internal readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag);

/// <summary>A dialog: numbers, route set and remote target (RFC 3261 section 12.1).</summary>
internal sealed class SipDialog
{
    private readonly NameAddress _local;
    private readonly NameAddress _remote;
    private readonly IReadOnlyList<string> _routes;
    private string _target;

    private SipDialog(DialogId id, NameAddress local, NameAddress remote, IReadOnlyList<string> routes, string target, SipPeer peer, uint sequence)
    {
        (Id, _local, _remote, _routes, _target, Peer, LocalSequence) = (id, local, remote, routes, target, peer, sequence);
    }

    internal DialogId Id { get; }

    /// <summary>Where the peer's last request, or the answer, came from.</summary>
    internal SipPeer Peer { get; private set; }

    /// <summary>Of our last request; that of the INVITE where we called.</summary>
    internal uint LocalSequence { get; private set; }

    /// <summary>Of the peer's last request; null = none yet.</summary>
    internal uint? RemoteSequence { get; private set; }

    internal NameAddress Local => _local;

    /// <summary>The callee's side: the route set is the Record-Route as it came.</summary>
    internal static SipDialog Answering(SipRequest invite, SipPeer from, string tag, uint sequence) =>
        new(new(invite.CallId, tag, invite.From.Tag ?? ""), invite.To.WithTag(tag), invite.From, [.. invite.List("Record-Route")], invite.Contact?.UriText ?? invite.From.UriText, from, sequence)
        {
            RemoteSequence = invite.CSeq.Number,
        };

    /// <summary>The caller's side: the route set is the Record-Route backwards.</summary>
    internal static SipDialog Calling(SipRequest invite, SipResponse answer, SipPeer to) =>
        new(new(invite.CallId, invite.From.Tag ?? "", answer.To.Tag ?? ""), invite.From, answer.To, [.. answer.List("Record-Route").Reverse()], answer.Contact?.UriText ?? invite.UriText, to, invite.CSeq.Number);

    /// <summary>Takes the number of a request of the peer's; false = it is lower than, or equal to, one before (RFC 3261 section 12.2.2).</summary>
    internal bool TakeSequence(SipRequest request, SipPeer from)
    {
        if (RemoteSequence is { } last && request.CSeq.Number <= last) return false;
        RemoteSequence = request.CSeq.Number;
        Peer = from;
        return true;
    }

    /// <summary>The peer's new contact (RFC 3261 section 12.2: target refresh).</summary>
    internal void Refresh(SipMessage message)
    {
        if (message.Contact is { } contact) _target = contact.UriText;
    }

    /// <summary>A request within the dialog, without Via and Contact (RFC 3261 section 12.2.1.1).</summary>
    internal SipRequest Request(string method) => Request(method, method == SipMethods.Ack ? LocalSequence : ++LocalSequence);

    /// <summary>The ACK of a 2xx: with the INVITE's number, and the route set of the dialog.</summary>
    internal SipRequest Ack(uint sequence) => Request(SipMethods.Ack, sequence);

    private SipRequest Request(string method, uint sequence)
    {
        var (uri, routes) = (_target, _routes);
        if (_routes.Count > 0 && NameAddress.Parse(_routes[0]) is { Uri: { IsLoose: false } strict })
        {
            // A strict router wants to see itself in the Request-URI, and the target at the end of the routes.
            uri = strict.ToString();
            routes = [.. _routes.Skip(1), $"<{_target}>"];
        }

        var request = new SipRequest(method, uri) { From = _local, To = _remote, CallId = Id.CallId, CSeq = new(sequence, method) };
        foreach (var route in routes) request.Add("Route", route);
        request.Add("Max-Forwards", "70");
        return request;
    }

    /// <summary>Where the next request goes.</summary>
    internal SipPeer NextHop()
    {
        var first = _routes.Count > 0 ? NameAddress.Parse(_routes[0])?.Uri : SipUri.Parse(_target);
        if (first is null) return Peer;
        var hop = SipPeer.To(first);
        // A stream that the peer has opened is used both ways (RFC 5923).
        if (Peer.IsReliable && (_routes.Count == 0 || hop.Address.Address.Equals(Peer.Address.Address))) return Peer;
        return _routes.Count == 0 && !IsReachable(hop) ? Peer : hop;
    }

    /// <summary>A contact that is a name, nothing, or a private address seen from a public one leads nowhere: the caller is behind a translator.</summary>
    private bool IsReachable(SipPeer hop)
    {
        if (hop.Name is not null || hop.Address.Address.Equals(IPAddress.Any)) return false;
        return !IsPrivate(hop.Address.Address) || IsPrivate(Peer.Address.Address);
    }

    private static bool IsPrivate(IPAddress address)
    {
        var bytes = address.MapToIPv4().GetAddressBytes();
        return IPAddress.IsLoopback(address) || bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
