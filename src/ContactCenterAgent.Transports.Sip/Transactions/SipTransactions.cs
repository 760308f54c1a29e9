using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>All transactions that are open, and how messages find theirs (RFC 3261 sections 17.1.3 and 17.2.3).</summary>
/// <param name="send">Takes bytes for the network.</param>
internal sealed class SipTransactions(Action<SipPeer, ReadOnlyMemory<byte>> send)
{
    private readonly Dictionary<string, ServerTransaction> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClientTransaction> _clients = new(StringComparer.Ordinal);

    internal Alarms Alarms { get; } = new();

    /// <summary>Now; set by whoever drives.</summary>
    internal TimeSpan Now { get; set; }

    internal int Count => _servers.Count + _clients.Count;

    internal void Send(SipPeer to, ReadOnlyMemory<byte> bytes) => send(to, bytes);

    internal ServerTransaction? Server(SipRequest request) => _servers.GetValueOrDefault(KeyOf(request, request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method));

    /// <summary>The INVITE that a CANCEL is about.</summary>
    internal ServerTransaction? Cancelled(SipRequest cancel) => _servers.GetValueOrDefault(KeyOf(cancel, SipMethods.Invite));

    internal ServerTransaction Open(SipRequest request, SipPeer from)
    {
        var transaction = new ServerTransaction(this, request, from, KeyOf(request, request.Method));
        _servers[transaction.Key] = transaction;
        return transaction;
    }

    internal ClientTransaction Open(SipRequest request, SipPeer to, Action<SipResponse> heard)
    {
        var transaction = new ClientTransaction(this, request, to, $"{request.TopVia.Branch} {request.Method}", heard);
        _clients[transaction.Key] = transaction;
        transaction.Start();
        return transaction;
    }

    /// <summary>Gives a response to its transaction; false = nobody waits for it.</summary>
    internal bool Receive(SipResponse response)
    {
        if (response.TopVia.Branch is not { } branch || !_clients.TryGetValue($"{branch} {response.CSeq.Method}", out var transaction)) return false;
        transaction.Receive(response);
        return true;
    }

    /// <summary>A message could not be sent: what waited for an answer over that way gets none.</summary>
    internal void Failed(SipPeer to)
    {
        foreach (var transaction in _clients.Values.Where(c => c.Peer == to).ToArray()) transaction.TransportFailed();
    }

    internal void Remove(ServerTransaction transaction) => _servers.Remove(transaction.Key);

    internal void Remove(ClientTransaction transaction) => _clients.Remove(transaction.Key);

    private static string KeyOf(SipRequest request, string method)
    {
        var via = request.TopVia;
        return via.HasCookie
            ? $"{via.Branch} {via.SentBy.ToLowerInvariant()} {method}"
            : $"2543 {method} {request.UriText} {request.From.Tag} {request.CallId} {request.CSeq.Number} {via}";
    }
}
