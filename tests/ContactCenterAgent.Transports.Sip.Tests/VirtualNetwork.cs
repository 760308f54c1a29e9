using System.Net;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Tests;

/// <summary>Stacks joined by a network that loses, doubles, delays and so reorders datagrams, on virtual time; one seed gives one run.</summary>
internal sealed class VirtualNetwork(int seed, double loss = 0, double doubled = 0, int delayMax = 40)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<IPEndPoint, Node> _nodes = [];
    private readonly PriorityQueue<(Node To, SipPeer From, ReadOnlyMemory<byte> Bytes), (TimeSpan, long)> _flying = new();
    private long _sequence;

    internal TimeSpan Now { get; private set; }

    /// <summary>What is thrown away on purpose; null = only chance does it.</summary>
    internal Func<Node, ReadOnlyMemory<byte>, bool>? Drop { get; set; }

    internal Node Add(string address, Action<Node, SipEvent> happened, Func<SipStackOptions, SipStackOptions>? change = null)
    {
        var at = new IPEndPoint(IPAddress.Parse(address), 5060);
        var options = new SipStackOptions { LocalOf = _ => at, Random = _random.NextBytes };
        return _nodes[at] = new(at, new(change?.Invoke(options) ?? options), happened);
    }

    internal void Run(TimeSpan until)
    {
        while (true)
        {
            foreach (var node in _nodes.Values) Drain(node);
            var next = _nodes.Values.Min(n => n.Stack.NextDeadline) ?? TimeSpan.MaxValue;
            if (_flying.TryPeek(out _, out var due) && due.Item1 < next) next = due.Item1;
            if (next > until) break;
            Now = next;
            foreach (var node in _nodes.Values) node.Stack.Advance(Now);
            while (_flying.TryPeek(out var flight, out due) && due.Item1 <= Now)
            {
                _flying.Dequeue();
                flight.To.Stack.Receive(flight.From, flight.Bytes.Span);
            }
        }

        Now = until;
        foreach (var node in _nodes.Values) node.Stack.Advance(Now);
    }

    private void Drain(Node node)
    {
        while (true)
        {
            while (node.Stack.TryTakeMessage(out var message)) Send(node, message.To, message.Bytes);
            if (!node.Stack.TryTakeEvent(out var happened)) return;
            node.Events.Add(happened);
            node.Happened(node, happened);
        }
    }

    private void Send(Node from, SipPeer to, ReadOnlyMemory<byte> bytes)
    {
        if (!_nodes.TryGetValue(to.Address, out var target) || Drop?.Invoke(from, bytes) == true) return;
        for (var copies = _random.NextDouble() < doubled ? 2 : 1; copies > 0; copies--)
        {
            if (_random.NextDouble() < loss) continue;
            var delay = TimeSpan.FromMilliseconds(1 + _random.Next(delayMax));
            _flying.Enqueue((target, new(SipTransport.Udp, from.Address), bytes), (Now + delay, _sequence++));
        }
    }
}

/// <summary>A stack on the network.</summary>
internal sealed record Node(IPEndPoint Address, SipStack Stack, Action<Node, SipEvent> Happened)
{
    internal List<SipEvent> Events { get; } = [];

    internal static LocalMedia Local(IPEndPoint at) => new(at.Address, 20_000, new byte[30], 7);

    internal SipSession Call(Node callee) =>
        SipSession.Calling(Stack, Wire.SipUri.Of("agent", $"{callee.Address.Address}", 5060), new(SipTransport.Udp, callee.Address), Wire.NameAddress.Of(Wire.SipUri.Of("caller", $"{Address.Address}", 5060)), Local(Address), null, secure: false);
}
