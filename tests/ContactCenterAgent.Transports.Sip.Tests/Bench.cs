using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests;

/// <summary>A stack at 192.0.2.10:5060 on virtual time, and a peer at 192.0.2.20:5070 that says whatever a test writes.</summary>
internal sealed class Bench
{
    internal static readonly SipPeer Caller = new(SipTransport.Udp, new(IPAddress.Parse("192.0.2.20"), 5070));

    private readonly Random _random;
    private int _branch;

    internal Bench(Func<SipStackOptions, SipStackOptions>? change = null, int seed = 1)
    {
        _random = new(seed);
        var options = new SipStackOptions { LocalOf = transport => new(IPAddress.Parse("192.0.2.10"), transport == SipTransport.Tls ? 5061 : 5060), Random = _random.NextBytes };
        Stack = new(change?.Invoke(options) ?? options);
    }

    internal SipStack Stack { get; }

    /// <summary>Everything that was sent, with when and where to.</summary>
    internal List<(TimeSpan At, SipPeer To, SipMessage Message, string Text)> Sent { get; } = [];

    internal List<SipEvent> Events { get; } = [];

    internal SipMessage Last => Sent[^1].Message;

    internal SipResponse LastResponse => (SipResponse)Last;

    internal IEnumerable<SipResponse> Responses => Sent.Select(s => s.Message).OfType<SipResponse>();

    internal IEnumerable<SipRequest> Requests => Sent.Select(s => s.Message).OfType<SipRequest>();

    internal SipSession Session => Events.OfType<SipEvent.Offered>().Last().Session;

    internal void Say(string text, SipPeer? from = null) => Say(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")), from);

    internal void Say(byte[] bytes, SipPeer? from = null)
    {
        Stack.Receive(from ?? Caller, bytes);
        Drain();
    }

    internal void Do(Action<SipStack> act)
    {
        act(Stack);
        Drain();
    }

    internal void Until(TimeSpan time)
    {
        while (Stack.NextDeadline is { } due && due <= time)
        {
            Stack.Advance(due);
            Drain();
        }

        Stack.Advance(time);
        Drain();
    }

    internal void For(double seconds) => Until(Stack.Now + TimeSpan.FromSeconds(seconds));

    internal LocalMedia Local(int port = 20_000) => new(IPAddress.Parse("192.0.2.10"), port, new byte[30], 4711);

    /// <summary>A request from the caller; <paramref name="more"/> are further header lines.</summary>
    internal string Request(string method, int cseq, string? toTag = null, string more = "", string body = "", string? branch = null, string callId = "c1", string fromTag = "ft") =>
        $"""
        {method} sip:agent@192.0.2.10:5060 SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.20:5070;branch=z9hG4bK{branch ?? $"b{++_branch}"};rport
        From: "Caller" <sip:+493012345@192.0.2.20>;tag={fromTag}
        To: <sip:agent@192.0.2.10>{(toTag is null ? "" : ";tag=" + toTag)}
        Call-ID: {callId}
        CSeq: {cseq} {method}
        Contact: <sip:caller@192.0.2.20:5070>
        Max-Forwards: 70
        {(more.Length > 0 ? more + "\n" : "")}{(body.Length > 0 ? "Content-Type: application/sdp\n" : "")}Content-Length: {body.ReplaceLineEndings("\r\n").Length}

        {body}
        """;

    internal static string Offer(string codecs = "8 0 101", string rest = "a=rtpmap:101 telephone-event/8000\n", string protocol = "RTP/AVP", string address = "192.0.2.20") =>
        $"v=0\no=- 1 1 IN IP4 {address}\ns=-\nc=IN IP4 {address}\nt=0 0\nm=audio 6000 {protocol} {codecs}\n{rest}";

    /// <summary>A call that is up: INVITE, 200, ACK. The CSeq of the INVITE is 1.</summary>
    internal string Up(string more = "", string? offer = null)
    {
        Say(Request("INVITE", 1, more: more, body: offer ?? Offer()));
        Do(_ => Session.Answer(Local()));
        var tag = LastResponse.To.Tag!;
        Say(Request("ACK", 1, tag));
        return tag;
    }

    private void Drain()
    {
        while (Stack.TryTakeMessage(out var message))
        {
            var parsed = SipParser.Parse(message.Bytes.Span, message.To.IsReliable ? SipFraming.Stream : SipFraming.Datagram);
            if (parsed.Fault is not null) parsed.Message.ShouldBeOfType<SipResponse>().Status.ShouldBeGreaterThanOrEqualTo(400, "only the answer to a broken request may be as broken");
            Sent.Add((Stack.Now, message.To, parsed.Message!, Encoding.Latin1.GetString(message.Bytes.Span)));
        }

        while (Stack.TryTakeEvent(out var happened)) Events.Add(happened);
    }
}
