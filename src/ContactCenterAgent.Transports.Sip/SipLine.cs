using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.Sip.Media;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Sockets;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Trunks;
using ContactCenterAgent.Transports.Sip.Wire;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.Sip;

/// <summary>A line for SIP phones, PBXs and trunks (RFC 3261), with sound over RTP. Opened by <see cref="Open"/>, ended by disposing it.</summary>
public sealed partial class SipLine : IAudioLine, IAsyncDisposable
{
    private readonly SipOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly SipStack _stack;
    private readonly SipLoop _loop;
    private readonly SipTls? _tls;
    private readonly SipSockets _sockets;
    private readonly MediaClock[] _clocks;
    private readonly IPAddress _advertised;
    private readonly Channel<SipLeg> _arriving = Channel.CreateUnbounded<SipLeg>();
    private readonly List<SipTrunk> _trunks = [];
    private int _nextClock;

    private SipLine(string name, SipOptions options, TimeProvider time, ILogger log)
    {
        (Name, _options, _time, _log) = (name, options, time, log);
        _advertised = Advertised(options);
        _stack = new(StackOptions());
        _loop = new(_stack, Happened, fault => LogBroke(Name, fault.GetType().Name), time);
        _tls = SipTls.Read(options);
        _sockets = SipSockets.Open(options, _loop, _tls, time);
        Ports = new(IPAddress.Parse(options.Listen), options.RtpPortFirst, options.RtpPortLast, time);
        _clocks = [.. Enumerable.Range(0, options.MediaThreads).Select(i => new MediaClock(time, $"{name} sound {i}"))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What a phone dials.</summary>
    public Uri Address => new($"sip:agent@{Host}:{_sockets.Port}");

    /// <summary>What a phone dials over TLS; null = no certificate is configured.</summary>
    public Uri? SecureAddress => _sockets.TlsPort == 0 ? null : new($"sips:agent@{Host}:{_sockets.TlsPort}");

    internal RtpPorts Ports { get; }

    internal SipOptions Options => _options;

    internal TimeProvider Time => _time;

    internal IReadOnlyList<MediaClock> Clocks => _clocks;

    private string Host => _advertised.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{_advertised}]" : _advertised.ToString();

    /// <summary>Opens sockets and begins to register with the trunks. Calls wait until <see cref="AcceptAsync"/> takes them.</summary>
    /// <param name="name">The line's configured name.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets facts, never a peer's text as it came.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    /// <exception cref="IOException">A port is taken, or a certificate cannot be read.</exception>
    public static SipLine Open(string name, SipOptions options, TimeProvider time, ILogger log)
    {
        SipOptionsCheck.Check(options);
        var line = new SipLine(name, options, time, log);
        line._loop.Start(line._sockets.Send);
        line._sockets.Start();
        line._loop.Do(line.StartTrunks);
        return line;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IAudioLeg> AcceptAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var told = cancellationToken.Register(() => _loop.Do(stack => stack.Draining = true));
        while (await _arriving.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_arriving.Reader.TryRead(out var leg)) yield return leg;
        }
    }

    /// <summary>What the line has open and has met.</summary>
    public async Task<SipFigures> FiguresAsync() =>
        await _loop.AskAsync(stack => new SipFigures(
            stack.Sessions, stack.Dialogs, stack.Transactions.Count, stack.Transactions.Alarms.Count, Ports.Taken, _sockets.Streams, _clocks.Sum(c => c.Count),
            stack.Counters.Unreadable, stack.Counters.Faulty, stack.Counters.Stray, stack.Counters.Unheard, _sockets.Limited + _loop.Dropped,
            _clocks.Max(c => c.Lateness.ShareLaterThan(MediaClock.Frame)), _clocks.Sum(c => c.SkippedTicks)));

    internal void Do(Action<SipStack> act) => _loop.Do(act);

    /// <summary>Our side of a call's sound. Sound of 8000 samples a second has no use for G.722.</summary>
    internal LocalMedia Local(int port, int sampleRate)
    {
        var key = RandomNumberGenerator.GetBytes(SdesKey.KeyBytes);
        return new(_advertised, port, key, (uint)RandomNumberGenerator.GetInt32(int.MaxValue))
        {
            Codecs = sampleRate == G711.SampleRate ? [.. _stack.Options.Codecs.Where(c => c != SipCodec.G722)] : _stack.Options.Codecs,
        };
    }

    /// <summary>Two ports for sound; null = all are taken, and it has been said.</summary>
    internal RtpSockets? TakePorts()
    {
        var sockets = Ports.Take();
        if (sockets is null) LogNoPort(Name, _options.RtpPortFirst, _options.RtpPortLast);
        return sockets;
    }

    /// <summary>Calls somebody: as our name at the trunk whose domain it is, else as this line.</summary>
    internal SipSession Call(SipUri target, LocalMedia local)
    {
        var trunk = _options.Trunks.Select(SipOptionsCheck.PlanOf).FirstOrDefault(t => SipText.Same(t.Registrar.Host, target.Host));
        var to = trunk?.Proxy ?? SipPeer.To(target);
        var from = trunk is null ? _stack.ContactFor(to) : NameAddress.Of(SipUri.Of(trunk.Credentials.User, trunk.Registrar.Host, 0));
        return SipSession.Calling(_stack, target, to, from, local, trunk?.Credentials, secure: to.Transport == SipTransport.Tls && _options.Srtp == SipSrtp.Required);
    }

    internal MediaClock NextClock() => _clocks[(uint)Interlocked.Increment(ref _nextClock) % (uint)_clocks.Length];

    /// <summary>Takes registrations back, hangs up what is left, closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        _arriving.Writer.TryComplete();
        while (_arriving.Reader.TryRead(out var waiting)) await waiting.DisposeAsync();
        await _loop.AskAsync(stack =>
        {
            stack.Draining = true;
            foreach (var trunk in _trunks) trunk.Stop();
            stack.HangUpAll();
            return true;
        });
        await _loop.DisposeAsync();
        await _sockets.DisposeAsync();
        foreach (var clock in _clocks) clock.Dispose();
        _tls?.Dispose();
    }

    private void StartTrunks(SipStack stack)
    {
        foreach (var trunk in _options.Trunks) _trunks.Add(new(stack, SipOptionsCheck.PlanOf(trunk)));
        foreach (var trunk in _trunks) trunk.Start();
    }

    private void Happened(SipEvent happened)
    {
        switch (happened)
        {
            case SipEvent.Offered offered:
                var leg = new SipLeg(this, offered.Session);
                offered.Session.Owner = leg;
                offered.Session.Ring();
                if (!_arriving.Writer.TryWrite(leg)) offered.Session.Refuse(503, "Service Unavailable", _stack.Options.RetryAfterSeconds);
                break;
            case SipEvent.Replacing replacing:
                if (replacing.Replaced.Owner is SipLeg here) here.Replace(replacing.Session);
                else replacing.Session.Refuse(481, "Call/Transaction Does Not Exist");
                break;
            case SipEvent.TrunkChanged trunk:
                LogTrunk(Name, trunk.Trunk, trunk.State, trunk.Status);
                break;
            case SipEvent.Confirmed confirmed:
                (confirmed.Session.Owner as SipLeg)?.Confirmed(confirmed.Session);
                break;
            case SipEvent.MediaChanged changed:
                (changed.Session.Owner as SipLeg)?.Agree(changed.Session, changed.Media);
                break;
            case SipEvent.Digit digit:
                (digit.Session.Owner as SipLeg)?.Pressed(digit.Session, digit.Key);
                break;
            case SipEvent.TargetAnswered answered:
                (answered.Session.Owner as SipLeg)?.TargetAnswered(answered.Session);
                break;
            case SipEvent.Transferred transferred:
                LogTransfer(Name, transferred.Result.Outcome, transferred.Result.Status);
                (transferred.Session.Owner as SipLeg)?.Transferred(transferred.Session, transferred.Result);
                break;
            case SipEvent.Ended ended:
                LogEnded(Name, ended.End, ended.Status);
                (ended.Session.Owner as SipLeg)?.Ended(ended.Session, ended.End);
                break;
        }
    }

    private SipStackOptions StackOptions() => new()
    {
        LocalOf = transport => new(_advertised, transport == SipTransport.Tls && _sockets.TlsPort != 0 ? _sockets.TlsPort : _sockets.Port),
        Random = RandomNumberGenerator.Fill,
        Sessions = _options.Calls,
        Codecs = SipOptionsCheck.CodecsOf(_options),
        SessionSeconds = (uint)_options.SessionSeconds,
        Srtp = _options.Srtp == SipSrtp.Required ? SrtpRule.Required : SrtpRule.Offered,
        SrtpWithoutTls = _options.Srtp == SipSrtp.WithoutTls,
        TransferMax = _options.TransferMax,
        Replaces = _options.AcceptReplaces,
        Callers = SipOptionsCheck.RulesOf(_options),
    };

    /// <summary>The address that peers are told. A socket that is pointed at the outside knows which of ours it would use; nothing is sent.</summary>
    private static IPAddress Advertised(SipOptions options)
    {
        if (options.Advertise.Length > 0) return IPAddress.Parse(options.Advertise);
        var listen = IPAddress.Parse(options.Listen);
        if (!listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any)) return listen;
        var outside = IPAddress.Parse(listen.AddressFamily == AddressFamily.InterNetworkV6 ? "2001:db8::1" : "192.0.2.1");
        try
        {
            using var probe = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(outside, 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return listen.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        }
    }
}

/// <summary>What a line has open and has met.</summary>
/// <param name="Sessions">Calls in signalling.</param>
/// <param name="Dialogs">RFC 3261 section 12.</param>
/// <param name="Transactions">Of both kinds, lingering ones included.</param>
/// <param name="Alarms">Timers that are armed.</param>
/// <param name="Ports">Pairs of ports that calls have.</param>
/// <param name="Streams">TCP and TLS connections.</param>
/// <param name="Sounding">Calls on the media clocks.</param>
/// <param name="Unreadable">Messages that were none.</param>
/// <param name="Faulty">Requests that got 400 or the like.</param>
/// <param name="Stray">Messages of no call.</param>
/// <param name="Unheard">Messages from where nobody is heard.</param>
/// <param name="Dropped">Messages over the limits.</param>
/// <param name="LateTicks">Share of the frames that the media clocks began more than 20 ms late, 0 to 1.</param>
/// <param name="SkippedTicks">Frames that they left out.</param>
public sealed record SipFigures(
    int Sessions, int Dialogs, int Transactions, int Alarms, int Ports, int Streams, int Sounding, long Unreadable, long Faulty, long Stray, long Unheard, long Dropped, double LateTicks, long SkippedTicks);
