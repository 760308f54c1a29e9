using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>
/// The whole of SIP without a socket: bytes and time in; bytes, events and one deadline out. One thread at a time; nothing that a peer sends makes it throw.
/// </summary>
internal sealed partial class SipStack
{
    private readonly Queue<(SipPeer To, ReadOnlyMemory<byte> Bytes)> _out = new();
    private readonly Queue<SipEvent> _events = new();
    private readonly Dictionary<DialogId, SipSession> _dialogs = [];
    private readonly Dictionary<(string CallId, string? FromTag, uint Sequence), string> _invites = [];
    private readonly PastDialogs _past = new();
    private readonly DigestServer? _digest;
    private readonly RateLimits _wrongPasswords = new(1 / 60.0, 5);

    internal SipStack(SipStackOptions options)
    {
        Options = options;
        Transactions = new((to, bytes) => _out.Enqueue((to, bytes)));
        if (options.Callers.Users.Count > 0) _digest = new(options.Callers, options.Random);
    }

    internal SipStackOptions Options { get; }

    internal SipTransactions Transactions { get; }

    internal SipCounters Counters { get; } = new();

    /// <summary>Sessions that are up or ringing.</summary>
    internal int Sessions { get; private set; }

    /// <summary>Dialogs that requests find.</summary>
    internal int Dialogs => _dialogs.Count;

    /// <summary>Takes no new calls.</summary>
    internal bool Draining { get; set; }

    /// <summary>When to say the time next; null = there is no hurry.</summary>
    internal TimeSpan? NextDeadline => Transactions.Alarms.Next;

    internal TimeSpan Now => Transactions.Now;

    /// <summary>Says the time and lets everything happen that is due. Never goes back.</summary>
    internal void Advance(TimeSpan now)
    {
        if (now > Transactions.Now) Transactions.Now = now;
        Transactions.Alarms.Ring(Transactions.Now);
    }

    internal bool TryTakeMessage(out (SipPeer To, ReadOnlyMemory<byte> Bytes) message) => _out.TryDequeue(out message);

    internal bool TryTakeEvent(out SipEvent happened) => _events.TryDequeue(out happened!);

    /// <summary>Takes one message's bytes.</summary>
    internal void Receive(SipPeer from, ReadOnlySpan<byte> bytes)
    {
        if (!Options.Callers.MayBeHeard(from))
        {
            Counters.Unheard++;
            return;
        }

        var (message, fault) = SipParser.Parse(bytes, from.IsReliable ? SipFraming.Stream : SipFraming.Datagram);
        if (message is null) Counters.Unreadable++;
        else if (message is SipResponse response) ReceiveResponse(response, fault);
        else ReceiveRequest((SipRequest)message, from, fault);
    }

    /// <summary>A message could not be sent, or a stream broke.</summary>
    internal void Failed(SipPeer to) => Transactions.Failed(to);

    internal void Emit(SipEvent happened) => _events.Enqueue(happened);

    internal string NewToken(int bytes = 8)
    {
        Span<byte> random = stackalloc byte[bytes];
        Options.Random(random);
        return Convert.ToHexStringLower(random);
    }

    internal Via ViaTo(SipPeer to) =>
        new(SipPeer.NameOf(to.Transport), HostOf(to), Options.LocalOf(to.Transport).Port, SipParameters.None.With("branch", Via.Cookie + NewToken()).With("rport", null));

    internal NameAddress ContactFor(SipPeer to) =>
        NameAddress.Of(SipUri.Of("agent", HostOf(to), Options.LocalOf(to.Transport).Port, SipPeer.NameOf(to.Transport).ToLowerInvariant()));

    internal void Track(DialogId id, SipSession session) => _dialogs[id] = session;

    internal void Forget(DialogId id)
    {
        if (_dialogs.Remove(id)) _past.Add(id, Now);
    }

    /// <summary>Ends every session that is up or ringing.</summary>
    internal void HangUpAll()
    {
        foreach (var session in _dialogs.Values.ToArray()) session.HangUp();
    }

    internal void SessionBegan() => Sessions++;

    internal void SessionOver() => Sessions--;

    private string HostOf(SipPeer to)
    {
        var address = Options.LocalOf(to.Transport).Address;
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
    }

    private void ReceiveResponse(SipResponse response, SipFault? fault)
    {
        // A broken response is nothing, and nobody is told (RFC 3261 section 8.1.3.3 for more than one Via).
        if (fault is not null || !Transactions.Receive(response)) Counters.Stray++;
    }

    private void ReceiveRequest(SipRequest request, SipPeer from, SipFault? fault)
    {
        request.Vias[0] = request.TopVia.Seen(from.Address);
        var answerTo = AnswerTo(request, from);
        if (Transactions.Server(request) is { } open)
        {
            open.Receive(request);
            if (request.Method == SipMethods.Ack && open.HasFinal) InDialog(request)?.Acknowledged(request, from);
            return;
        }

        if (request.Method == SipMethods.Ack)
        {
            if (fault is null && InDialog(request) is { } session) session.Acknowledged(request, from);
            else Counters.Stray++;
            return;
        }

        if (CallerRules.IsScanner(request))
        {
            Counters.Unheard++;
            return;
        }

        var transaction = Transactions.Open(request, answerTo);
        if (fault is not null)
        {
            Counters.Faulty++;
            Respond(transaction, fault.Status, fault.Reason);
            return;
        }

        Serve(transaction, from);
    }

    /// <summary>Responses go back to where the packet came from (RFC 3581 section 4); without rport to the port in Via (RFC 3261 section 18.2.2).</summary>
    private static SipPeer AnswerTo(SipRequest request, SipPeer from)
    {
        if (from.IsReliable || request.TopVia.Parameters.Has("rport")) return from;
        var port = request.TopVia.Port == 0 ? 5060 : request.TopVia.Port;
        return new(from.Transport, new(from.Address.Address, port), from.Connection);
    }

    private SipSession? InDialog(SipRequest request) =>
        request.To.Tag is { } tag ? _dialogs.GetValueOrDefault(new(request.CallId, tag, request.From.Tag ?? "")) : null;
}
