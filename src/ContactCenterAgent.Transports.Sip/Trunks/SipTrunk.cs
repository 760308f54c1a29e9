using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Sessions;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Trunks;

/// <summary>How a trunk stands.</summary>
internal enum TrunkState
{
    /// <summary>Asked, not answered yet.</summary>
    Trying,

    /// <summary>Registered, or answering our OPTIONS.</summary>
    Up,

    /// <summary>Refused or silent; asked again after a wait.</summary>
    Down,

    /// <summary>Taken back.</summary>
    Gone,
}

/// <summary>Where and as whom we register.</summary>
/// <param name="Name">Configured.</param>
/// <param name="Registrar">The domain; also where requests go unless there is a proxy.</param>
/// <param name="Proxy">Where requests go.</param>
/// <param name="Credentials">User and password; the user is the address of record too.</param>
/// <param name="Registers">False: only OPTIONS keep watch.</param>
/// <param name="Expires">Seconds that we ask for.</param>
/// <param name="KeepAlive">Between two OPTIONS; zero = none.</param>
internal sealed record TrunkPlan(string Name, SipUri Registrar, SipPeer Proxy, SipCredentials Credentials, bool Registers, uint Expires, TimeSpan KeepAlive);

/// <summary>Keeps a registration alive (RFC 3261 section 10.2), with back-off when it fails, and looks after its peer with OPTIONS.</summary>
internal sealed class SipTrunk
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefreshMin = TimeSpan.FromSeconds(15);

    private readonly SipStack _stack;
    private readonly TrunkPlan _plan;
    private readonly DigestClient _digest;
    private readonly Alarm _next;
    private readonly Alarm _ping;
    private readonly string _callId;
    private readonly NameAddress _self;
    private readonly string _tag;
    private uint _sequence;
    private uint _expires;
    private int _failures;
    private bool _stopping;
    private bool _asking;

    internal SipTrunk(SipStack stack, TrunkPlan plan)
    {
        (_stack, _plan, _expires) = (stack, plan, plan.Expires);
        _digest = new(plan.Credentials, () => stack.NewToken());
        _self = NameAddress.Of(new(plan.Registrar.Secure, plan.Credentials.User, null, plan.Registrar.Host, 0, SipParameters.None, null));
        (_callId, _tag) = ($"{stack.NewToken(12)}@{plan.Registrar.Host}", stack.NewToken());
        (_next, _ping) = (new(stack.Transactions.Alarms, Register), new(stack.Transactions.Alarms, Ping));
    }

    internal string Name => _plan.Name;

    internal TrunkState State { get; private set; } = TrunkState.Trying;

    internal void Start()
    {
        if (_plan.Registers) Register();
        else Ping();
    }

    /// <summary>Takes the registration back: <c>Expires: 0</c>.</summary>
    internal void Stop()
    {
        _stopping = true;
        _next.Clear();
        _ping.Clear();
        if (_plan.Registers && State == TrunkState.Up) Register();
        else Now(TrunkState.Gone, 0);
    }

    private void Register()
    {
        // A registrar counts the requests of one Call-ID: they go one after the other.
        if (_asking) return;
        _asking = true;
        Send(SipMethods.Register, Registered, mayRetry: true);
    }

    private void Send(string method, Action<SipResponse> heard, bool mayRetry)
    {
        var register = method == SipMethods.Register;
        var target = register ? new SipUri(_plan.Registrar.Secure, null, null, _plan.Registrar.Host, _plan.Registrar.Port, SipParameters.None, null) : _plan.Registrar;
        var request = new SipRequest(method, target.ToString())
        {
            From = _self.WithTag(_tag),
            To = register ? _self : NameAddress.Of(target),
            CallId = register ? _callId : _stack.NewToken(12),
            CSeq = new(++_sequence, method),
        };
        request.Add("Max-Forwards", "70");
        var contact = _stack.ContactFor(_plan.Proxy).Uri! with { User = _plan.Credentials.User };
        request.Add("Contact", $"<{contact}>");
        if (register) request.Add("Expires", _stopping ? "0" : $"{_expires}");
        else request.Add("Accept", SipBodies.Sdp);
        _digest.Authorise(request);
        request.Vias.Add(_stack.ViaTo(_plan.Proxy));
        _stack.Finish(request);
        _stack.Transactions.Open(request, _plan.Proxy, response =>
        {
            if (!response.IsFinal) return;
            if (response.Status is 401 or 407 && _digest.Take(response) && (mayRetry || _digest.IsStale)) Send(method, heard, mayRetry: false);
            else heard(response);
        });
    }

    private void Registered(SipResponse response)
    {
        _asking = false;
        if (_stopping)
        {
            Now(TrunkState.Gone, response.Status);
            return;
        }

        if (response.IsSuccess)
        {
            _failures = 0;
            Now(TrunkState.Up, response.Status);
            var granted = TimeSpan.FromSeconds(Granted(response));
            _next.Set(_stack.Now + (granted / 2 > RefreshMin ? granted / 2 : RefreshMin));
            if (_plan.KeepAlive > TimeSpan.Zero && _ping.Due is null) _ping.Set(_stack.Now + _plan.KeepAlive);
        }
        else if (response.Status == 423 && response.Number("Min-Expires") is { } least && least > _expires && least <= 86_400)
        {
            _expires = least;
            Register();
        }
        else
        {
            Now(TrunkState.Down, response.Status);
            var asked = response.Number("Retry-After") is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 3_600)) : TimeSpan.Zero;
            var wait = BackOff();
            _next.Set(_stack.Now + (asked > wait ? asked : wait));
        }
    }

    private uint Granted(SipResponse response)
    {
        var own = _stack.ContactFor(_plan.Proxy).Uri!;
        foreach (var text in response.List("Contact"))
        {
            if (NameAddress.Parse(text) is { Uri: { } uri } contact && SipText.Same(uri.Host, own.Host) && uri.Port == own.Port
                && SipText.TryNumber(contact.Parameters["expires"], uint.MaxValue, out var seconds)) return (uint)seconds;
        }

        return response.Number("Expires") ?? _expires;
    }

    private void Ping() => Send(SipMethods.Options, Ponged, mayRetry: true);

    private void Ponged(SipResponse response)
    {
        if (_stopping) return;
        // Any answer shows that somebody is there, also one that does not like OPTIONS.
        var alive = response.Status is not (408 or 503);
        if (!_plan.Registers) Now(alive ? TrunkState.Up : TrunkState.Down, response.Status);
        else if (!alive && State == TrunkState.Up)
        {
            Now(TrunkState.Down, response.Status);
            Register();
        }

        if (alive) _failures = 0;
        var every = _plan.KeepAlive > TimeSpan.Zero ? _plan.KeepAlive : RetryMax;
        _ping.Set(_stack.Now + (alive ? every : BackOff()));
    }

    /// <summary>Doubles up to the longest wait, with a quarter of it at random: a registrar that comes back is not asked by everybody at once.</summary>
    private TimeSpan BackOff()
    {
        var wait = RetryMin * Math.Pow(2, Math.Min(_failures++, 10));
        if (wait > RetryMax) wait = RetryMax;
        Span<byte> random = stackalloc byte[1];
        _stack.Options.Random(random);
        return wait * (0.75 + random[0] / 1024.0);
    }

    private void Now(TrunkState state, int status)
    {
        if (state == State) return;
        State = state;
        _stack.Emit(new SipEvent.TrunkChanged(_plan.Name, state, status));
    }
}
