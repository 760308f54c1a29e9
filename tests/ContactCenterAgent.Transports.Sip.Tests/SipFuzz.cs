using System.Net;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Tests;

/// <summary>Mutations of a corpus for parser, writer, stream framing, SDP and the whole stack. Whatever throws is a defect; one seed gives one run.</summary>
internal sealed class SipFuzz
{
    private static readonly byte[][] Spices =
    [
        "\r\n"u8.ToArray(), "\r\n "u8.ToArray(), "\r\n\r\n"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), ">"u8.ToArray(), "%"u8.ToArray(), "\\"u8.ToArray(), ":"u8.ToArray(),
        "@"u8.ToArray(), "="u8.ToArray(), "99999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "sip:"u8.ToArray(), "[::1]"u8.ToArray(), [0], [0xFF], "Via: SIP/2.0/UDP h;branch=z9hG4bKx\r\n"u8.ToArray(),
        "Content-Length: 3\r\n"u8.ToArray(), "Require: timer\r\n"u8.ToArray(), ";tag=1"u8.ToArray(), ";received=[::"u8.ToArray(), "m=audio 1 RTP/SAVP 0\r\n"u8.ToArray(),
    ];

    private readonly byte[][] _corpus;
    private readonly Random _random;
    private SipStack _stack = null!;
    private int _received;

    internal SipFuzz(IEnumerable<byte[]> corpus, int seed)
    {
        (_corpus, _random) = ([.. corpus], new(seed));
        Renew();
    }

    /// <summary>Messages that were in good form.</summary>
    internal long Read { get; private set; }

    /// <summary>Messages with a fault that could be answered.</summary>
    internal long Faulty { get; private set; }

    internal void Run(long times)
    {
        for (long i = 0; i < times; i++)
        {
            var bytes = Mutate();
            try
            {
                One(bytes);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"mutation {i}: {Convert.ToBase64String(bytes)}", fault);
            }
        }
    }

    private void One(byte[] bytes)
    {
        var (message, fault) = SipParser.Parse(bytes, _random.Next(2) == 0 ? SipFraming.Datagram : SipFraming.Stream);
        if (message is not null && fault is null)
        {
            Read++;
            var again = SipParser.Parse(SipWriter.Write(message), SipFraming.Datagram);
            if (again.Message is null || again.Fault is not null) throw new InvalidOperationException($"what was written cannot be read: {again.Fault}");
        }
        else if (message is not null)
        {
            Faulty++;
        }

        var framer = new SipFramer();
        var cut = _random.Next(bytes.Length + 1);
        framer.Add(bytes.AsSpan(0, cut));
        while (framer.Next(out _) is SipFrameKind.Message or SipFrameKind.Ping) { }
        framer.Add(bytes.AsSpan(cut));
        while (framer.Next(out _) is SipFrameKind.Message or SipFrameKind.Ping) { }

        if (SipHead.End(bytes, out var body) >= 0 && SessionDescription.Parse(bytes.AsSpan(body)) is { } offer) Negotiate(offer);
        _stack.Receive(new(SipTransport.Udp, new(IPAddress.Loopback, 5070)), bytes);
        _stack.Advance(_stack.Now + TimeSpan.FromMilliseconds(_random.Next(200)));
        while (_stack.TryTakeMessage(out _)) { }
        while (_stack.TryTakeEvent(out var happened))
            if (happened is SipEvent.Offered offered && _random.Next(2) == 0) offered.Session.Answer(new(IPAddress.Loopback, 20_000, new byte[30], 1));
        // A stack that is full refuses everything, which tests nothing.
        if (++_received % 5_000 == 0) Renew();
    }

    private static void Negotiate(SessionDescription offer)
    {
        var negotiation = new SdpNegotiation(new(IPAddress.Loopback, 20_000, new byte[30], 1), SrtpRule.Offered);
        if (negotiation.Answer(offer) is { } answer && SessionDescription.Parse(answer) is not { } readable) throw new InvalidOperationException("our own answer cannot be read");
        negotiation.Offer();
        negotiation.Take(offer);
    }

    private void Renew()
    {
        var random = new Random(7);
        _stack = new(new() { LocalOf = _ => new(IPAddress.Loopback, 5060), Random = random.NextBytes });
    }

    private byte[] Mutate()
    {
        var bytes = new List<byte>(_corpus[_random.Next(_corpus.Length)]);
        for (var changes = _random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, _random.Next(1, 20)));
                    break;
                case 2:
                    bytes.InsertRange(at, Spices[_random.Next(Spices.Length)]);
                    break;
                case 3:
                    var length = Math.Min(bytes.Count - at, _random.Next(1, 80));
                    bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    var other = _corpus[_random.Next(_corpus.Length)];
                    var from = _random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, _random.Next(1, 200))).ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
