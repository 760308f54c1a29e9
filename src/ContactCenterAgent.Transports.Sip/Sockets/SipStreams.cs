using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Sockets;

/// <summary>TCP and TLS: listeners, and the streams that they and we have opened.</summary>
internal sealed class SipStreams(SipOptions options, SipLoop loop, SipTls? tls, Func<IPAddress, bool> isWithinLimits, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, SipStream> _open = new();
    private readonly List<Task> _tasks = [];
    private readonly List<(SipTransport Transport, Socket Listener)> _listeners = [];
    private CancellationToken _stopping;
    private int _last;

    internal int Count => _open.Count;

    internal int TlsPort { get; private set; }

    internal void Listen(IPEndPoint address)
    {
        _listeners.Add((SipTransport.Tcp, Open(address)));
        if (tls is not { CanServe: true }) return;
        var secure = Open(new(address.Address, options.TlsPort));
        TlsPort = ((IPEndPoint)secure.LocalEndPoint!).Port;
        _listeners.Add((SipTransport.Tls, secure));
    }

    internal void Start(CancellationToken stopping)
    {
        _stopping = stopping;
        foreach (var (transport, listener) in _listeners) Track(AcceptAsync(transport, listener));
    }

    /// <summary>Sends on the stream that is named, or on one to that address, which is opened if there is none.</summary>
    internal void Send(SipPeer to, ReadOnlyMemory<byte> bytes)
    {
        var stream = to.Connection != 0
            ? _open.GetValueOrDefault(to.Connection)
            : _open.Values.FirstOrDefault(s => s.Peer.Transport == to.Transport && s.Peer.Address.Equals(to.Address)) ?? Call(to);
        if (stream is null || !stream.Send(bytes)) loop.Failed(to);
    }

    internal void Track(Task task)
    {
        lock (_tasks)
        {
            _tasks.RemoveAll(t => t.IsCompleted);
            _tasks.Add(task);
        }
    }

    /// <summary>Takes no more streams.</summary>
    internal void Close()
    {
        foreach (var (_, listener) in _listeners) listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        foreach (var stream in _open.Values) stream.Close();
        Task[] left;
        lock (_tasks) left = [.. _tasks];
        await Task.WhenAll(left);
    }

    private static Socket Open(IPEndPoint address)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(address);
            listener.Listen(128);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(SipTransport transport, Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stopping);
                var from = (IPEndPoint)socket.RemoteEndPoint!;
                if (_open.Count >= options.Streams || _open.Values.Count(s => s.Peer.Address.Address.Equals(from.Address)) > options.Streams / 4) socket.Dispose();
                else Track(ServeAsync(new(transport, from, Interlocked.Increment(ref _last)), socket));
            }
            catch (SocketException)
            {
                // The caller was gone before it was taken.
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(SipPeer peer, Socket socket)
    {
        socket.NoDelay = true;
        await using var inner = new NetworkStream(socket, ownsSocket: true);
        var stream = new SipStream(peer);
        _open[peer.Connection] = stream;
        try
        {
            using var limit = new CancellationTokenSource(HandshakeMax, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping);
            await using var outer = peer.Transport == SipTransport.Tls ? await tls!.ServeAsync(inner, either.Token) : (Stream)inner;
            await RunAsync(stream, outer);
        }
        catch (Exception fault) when (IsOrdinary(fault))
        {
            // No TLS, or none that we speak.
        }
        finally
        {
            Forget(stream, peer);
        }
    }

    private SipStream? Call(SipPeer to)
    {
        if (_open.Count >= options.Streams) return null;
        var number = Interlocked.Increment(ref _last);
        var stream = new SipStream(to with { Connection = number });
        _open[number] = stream;
        Track(CallAsync(stream, to));
        return stream;
    }

    private async Task CallAsync(SipStream stream, SipPeer to)
    {
        try
        {
            using var limit = new CancellationTokenSource(HandshakeMax, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping);
            using var socket = new Socket(to.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(to.Address, either.Token);
            await using var inner = new NetworkStream(socket);
            await using var outer = to.Transport == SipTransport.Tls ? await tls!.CallAsync(inner, to.Name ?? to.Address.Address.ToString(), either.Token) : (Stream)inner;
            await RunAsync(stream, outer);
        }
        catch (Exception fault) when (IsOrdinary(fault))
        {
            loop.Failed(to);
        }
        finally
        {
            Forget(stream, to);
        }
    }

    private Task RunAsync(SipStream stream, Stream outer) =>
        stream.RunAsync(outer, bytes =>
        {
            if (isWithinLimits(stream.Peer.Address.Address)) loop.Heard(stream.Peer, bytes);
        }, options.StreamIdleMax, time, _stopping);

    private void Forget(SipStream stream, SipPeer to)
    {
        _open.TryRemove(stream.Peer.Connection, out _);
        loop.Failed(stream.Peer);
        if (to != stream.Peer) loop.Failed(to);
    }

    private static bool IsOrdinary(Exception fault) => fault is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
