using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Streams;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.AudioSocket;

/// <summary>A line for Asterisk's AudioSocket over TCP (Asterisk documentation, "AudioSocket"). Opened by <see cref="Open"/>, ended by disposing it.</summary>
public sealed partial class AudioSocketLine : IAudioLine, IAsyncDisposable
{
    private const int AnnouncedMax = 10_000;

    private readonly AudioSocketOptions _options;
    private readonly MediaClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<Guid, TransferToPerson, CancellationToken, Task<TransferOutcome>>? _putThrough;
    private readonly Socket _listener;
    private readonly IPNetwork[] _allowed;
    private readonly LegQueue _legs;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Guid, Pii<string>?> _announced = new();
    private readonly ConcurrentDictionary<Task, byte> _serving = new();
    private Task _accepting = Task.CompletedTask;

    private AudioSocketLine(string name, AudioSocketOptions options, Socket listener, MediaClock clock, TimeProvider time, ILogger log,
        Func<Guid, TransferToPerson, CancellationToken, Task<TransferOutcome>>? putThrough)
    {
        (Name, _options, _listener, _clock, _time, _log, _putThrough, _legs) = (name, options, listener, clock, time, log, putThrough, new(options.Calls));
        _allowed = [.. options.AllowedFrom.Select(Network)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Where Asterisk connects to.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Calls that are up or wait.</summary>
    public int Up => _legs.Up;

    /// <summary>Opens the port. Calls wait until <see cref="AcceptAsync"/> takes them.</summary>
    /// <param name="name">The line's configured name.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="clock">Paces the sound; not owned.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="log">Gets why calls end and who is refused.</param>
    /// <param name="putThrough">Puts a caller through, by the call's UUID: what the socket cannot (it takes Asterisk's AMI or ARI). Null: every transfer fails.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static AudioSocketLine Open(string name, AudioSocketOptions options, MediaClock clock, TimeProvider time, ILogger log,
        Func<Guid, TransferToPerson, CancellationToken, Task<TransferOutcome>>? putThrough = null)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        var address = IPAddress.Parse(options.Listen);
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, options.Port));
            listener.Listen();
            var line = new AudioSocketLine(name, options, listener, clock, time, log, putThrough);
            line._accepting = line.ListenAsync();
            return line;
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            throw new IOException($"The line {name} cannot listen on {options.Listen} port {options.Port}: {fault.Message}", fault);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Tells of a call before Asterisk connects: the dialplan may ask for an id by other means, and knows the caller's number.</summary>
    /// <param name="id">The UUID that the dialplan gives to <c>AudioSocket()</c>.</param>
    /// <param name="callerNumber">E.164; null = withheld.</param>
    /// <returns>False: too many are announced that never came.</returns>
    public bool Announce(Guid id, Pii<string>? callerNumber) => _announced.Count < AnnouncedMax && _announced.TryAdd(id, callerNumber);

    /// <inheritdoc/>
    public IAsyncEnumerable<IAudioLeg> AcceptAsync(CancellationToken cancellationToken) => _legs.ReadAsync(cancellationToken);

    /// <summary>Closes the port, hangs up on those that wait for the agent, and waits for the others' end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await _legs.CloseAsync();
        await Task.WhenAll(_serving.Keys);
        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                var serving = ServeAsync(await _listener.AcceptAsync(_closing.Token));
                _serving.TryAdd(serving, 0);
                foreach (var served in _serving.Keys.Where(s => s.IsCompleted)) _serving.TryRemove(served, out _);
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException fault)
            {
                // One connection that went away before it was taken, or no file handle left: the port stays open.
                LogRefused(Name, fault.SocketErrorCode.ToString());
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        if (_allowed.Length > 0 && !_allowed.Any(n => n.Contains(((IPEndPoint)socket.RemoteEndPoint!).Address)))
        {
            Refuse(socket, "address");
            return;
        }

        if (!_legs.TryEnter())
        {
            Refuse(socket, "calls");
            return;
        }

        try
        {
            socket.NoDelay = true;
            // What lies in the system's buffer is heard late and cannot be taken back: half a second at most.
            socket.SendBufferSize = _options.SampleRate;
            await ServeSeatedAsync(socket);
        }
        catch (SocketException)
        {
            Refuse(socket, "broken");
        }
        finally
        {
            _legs.Leave();
        }
    }

    private async Task ServeSeatedAsync(Socket socket)
    {
        var peer = new AudioSocketPeer(socket, _options.SampleRate, _putThrough);
        if (await ReadIdAsync(peer) is not { } id)
        {
            Refuse(socket, "id");
            return;
        }

        if (!_announced.TryRemove(id, out var callerNumber) && _options.AnnouncedOnly)
        {
            Refuse(socket, "unannounced");
            return;
        }

        var leg = new StreamLeg(Name, callerNumber, peer, _clock, _options.SilentAfter);
        if (!_legs.TryOffer(leg)) await leg.DisposeAsync();
        LogEnded(Name, (await leg.Closed).Reason);
    }

    private async ValueTask<Guid?> ReadIdAsync(AudioSocketPeer peer)
    {
        using var limit = new CancellationTokenSource(_options.IdWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            return await peer.ReadIdAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Refuse(Socket socket, string why)
    {
        LogRefused(Name, why);
        socket.Dispose();
    }

    private static IPNetwork Network(string text)
    {
        var whole = text.Contains('/', StringComparison.Ordinal) ? text : text.Contains(':', StringComparison.Ordinal) ? text + "/128" : text + "/32";
        return IPNetwork.TryParse(whole, out var network) ? network : throw new ValidationException($"AllowedFrom holds networks like 192.0.2.0/24.");
    }

    [LoggerMessage(600, LogLevel.Information, "audiosocket.ended {Line}: {Reason}")]
    private partial void LogEnded(string line, string reason);

    [LoggerMessage(601, LogLevel.Warning, "audiosocket.refused {Line}: {Reason}")]
    private partial void LogRefused(string line, string reason);
}
