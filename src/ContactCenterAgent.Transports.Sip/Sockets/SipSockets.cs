using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>UDP, TCP and TLS on one address.</summary>
internal sealed class SipSockets : IAsyncDisposable
{
    private const int DatagramMax = 65_535;

    private const int AnyPortAttempts = 10;

    private readonly Socket _datagrams;
    private readonly SipStreams _streams;
    private readonly RateLimits _limits;
    private readonly SipLoop _loop;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly IPAddress _listen;
    private Task _reading = Task.CompletedTask;
    private long _limited;

    private SipSockets(SipOptions options, SipLoop loop, SipTls? tls, TimeProvider time)
    {
        (_loop, _time, _origin) = (loop, time, time.GetTimestamp());
        _listen = IPAddress.Parse(options.Listen);
        _limits = new(options.MessagesPerSecond, options.MessagesPerSecond * 2.0);
        _streams = new(options, loop, tls, IsWithinLimits, time);
        _datagrams = new(_listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 21 };
    }

    /// <summary>The port that UDP and TCP share.</summary>
    internal int Port { get; private set; }

    /// <summary>0 = no TLS.</summary>
    internal int TlsPort => _streams.TlsPort;

    /// <summary>Streams that are open.</summary>
    internal int Streams => _streams.Count;

    /// <summary>Messages that were dropped unread because their source sent too many.</summary>
    internal long Limited => Volatile.Read(ref _limited);

    /// <summary>Opens the sockets.</summary>
    /// <exception cref="IOException">A port is taken, or the address is not ours.</exception>
    internal static SipSockets Open(SipOptions options, SipLoop loop, SipTls? tls, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sockets = new SipSockets(options, loop, tls, time);
            try
            {
                sockets._datagrams.Bind(new IPEndPoint(sockets._listen, options.Port));
                sockets.Port = ((IPEndPoint)sockets._datagrams.LocalEndPoint!).Port;
                sockets._streams.Listen(new(sockets._listen, sockets.Port));
                return sockets;
            }
            catch (SocketException fault)
            {
                sockets._datagrams.Dispose();
                sockets._streams.Close();

                // A port that the system found free for UDP may be taken for TCP: then it finds another one.
                if (options.Port == 0 && attempt < AnyPortAttempts) continue;
                throw new IOException($"The SIP line cannot listen on {options.Listen} port {options.Port} or TLS port {options.TlsPort}: {fault.Message}", fault);
            }
        }
    }

    internal void Start()
    {
        _reading = ReadDatagramsAsync(_stopping.Token);
        _streams.Start(_stopping.Token);
    }

    /// <summary>Sends, or says that it failed. Returns at once.</summary>
    internal void Send(SipPeer to, ReadOnlyMemory<byte> bytes)
    {
        if (to.Name is { } name) _streams.Track(ResolveAsync(to, name, bytes));
        else if (to.Transport == SipTransport.Udp) SendDatagram(to, bytes);
        else _streams.Send(to, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _datagrams.Dispose();
        await _reading;
        await _streams.DisposeAsync();
        _stopping.Dispose();
    }

    private void SendDatagram(SipPeer to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var address = _listen.AddressFamily == AddressFamily.InterNetworkV6 && to.Address.AddressFamily == AddressFamily.InterNetwork ? new(to.Address.Address.MapToIPv6(), to.Address.Port) : to.Address;
            _datagrams.SendTo(bytes.Span, SocketFlags.None, address);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            _loop.Failed(to);
        }
    }

    private async Task ResolveAsync(SipPeer to, string name, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
            var addresses = await Dns.GetHostAddressesAsync(name, _listen.AddressFamily, limit.Token);
            if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
            var address = new IPEndPoint(addresses[0], to.Address.Port);
            if (to.Transport == SipTransport.Udp) SendDatagram(to with { Address = address, Name = null }, bytes);
            else _streams.Send(to with { Address = address }, bytes);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            _loop.Failed(to);
        }
    }

    private async Task ReadDatagramsAsync(CancellationToken stopping)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(DatagramMax, pinned: true);
        var any = new IPEndPoint(_listen.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var got = await _datagrams.ReceiveFromAsync(buffer, SocketFlags.None, any, stopping);
                var from = (IPEndPoint)got.RemoteEndPoint;
                // Two bytes of line end are how a phone keeps its translator's way open.
                if (got.ReceivedBytes > 4 && IsWithinLimits(from.Address)) _loop.Heard(new(SipTransport.Udp, from), buffer.AsSpan(0, got.ReceivedBytes).ToArray());
            }
            catch (SocketException)
            {
                // An answer of ours met a closed port, or a datagram was too long: the next one may be good.
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private bool IsWithinLimits(IPAddress source)
    {
        lock (_gate)
        {
            if (_limits.Take(source, _time.GetElapsedTime(_origin))) return true;
            _limited++;
            return false;
        }
    }
}
