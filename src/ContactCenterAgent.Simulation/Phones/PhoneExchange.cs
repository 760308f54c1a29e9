using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterAgent.Simulation.Phones;

/// <summary>SIP of all phones over one UDP socket, on one thread: asks at a rate, acknowledges, hangs up, repeats what is not answered (RFC 3261 section 17.1).</summary>
internal sealed class PhoneExchange : IDisposable
{
    private const int PollMicroseconds = 2_000;
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
    private readonly IPEndPoint _target;
    private readonly IPEndPoint _local;
    private readonly SocketAddress _to;
    private readonly PhoneSound _sound;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly TimeSpan _between;
    private readonly List<Phone> _waiting = [];
    private readonly byte[] _in = new byte[65_535];
    private readonly Thread _thread;
    private volatile bool _stopping;
    private TimeSpan _lookAt;
    private int _asked;

    public PhoneExchange(IPEndPoint target, int calls, double rate, PhoneSound sound, TimeProvider time)
    {
        (_target, _to, _sound, _time, _origin, _between) = (target, target.Serialize(), sound, time, time.GetTimestamp(), TimeSpan.FromSeconds(1 / rate));
        _socket.Bind(new IPEndPoint(target.Address, 0));
        _local = (IPEndPoint)_socket.LocalEndPoint!;
        var run = Guid.NewGuid().ToString("n")[..8];
        Phones = [.. Enumerable.Range(0, calls).Select(i => new Phone(i, run))];
        _thread = new(Run) { IsBackground = true, Name = "phones' signalling" };
        _thread.Start();
    }

    public IReadOnlyList<Phone> Phones { get; }

    /// <summary>Calls begun.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Begins no more calls.</summary>
    public volatile bool Enough;

    /// <summary>Hangs up, a call after the other.</summary>
    public volatile bool Leaving;

    public TimeSpan Now => _time.GetElapsedTime(_origin);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        var (next, leaving) = (TimeSpan.Zero, 0);
        while (!_stopping)
        {
            var now = Now;
            for (; !Enough && _asked < Phones.Count && next <= now; next += _between) Ask(Phones[_asked], now);
            for (; Leaving && leaving < _asked && next <= now; next += _between) Leave(Phones[leaving++], now);
            // Whoever begins again later does not make up for the pause.
            if (next < now) next = now;
            if (now >= _lookAt) Repeat(now);
            if (!_socket.Poll(PollMicroseconds, SelectMode.SelectRead)) continue;
            do Hear();
            while (_socket.Poll(0, SelectMode.SelectRead));
        }
    }

    private void Ask(Phone phone, TimeSpan now)
    {
        (phone.State, phone.Asked) = (PhoneState.Calling, now);
        Volatile.Write(ref _asked, _asked + 1);
        Insist(phone, PhoneText.Invite(phone, _local, _target, _sound.PortOf(phone.Leg), _sound.ReportPort), now);
    }

    private void Leave(Phone phone, TimeSpan now)
    {
        if (phone.State != PhoneState.Up) return;
        phone.State = PhoneState.Leaving;
        phone.Leg.Over = true;
        Insist(phone, PhoneText.Bye(phone, _local, _target), now);
    }

    private void Insist(Phone phone, byte[] message, TimeSpan now)
    {
        (phone.Pending, phone.Wait, phone.RepeatAt, phone.GiveUpAt) = (message, T1, now + T1, now + GiveUp);
        _waiting.Add(phone);
        Send(message);
    }

    private void Repeat(TimeSpan now)
    {
        _lookAt = now + LookEvery;
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var phone = _waiting[i];
            if (phone.GiveUpAt == TimeSpan.MaxValue)
            {
                _waiting.RemoveAt(i);
            }
            else if (now >= phone.GiveUpAt)
            {
                _waiting.RemoveAt(i);
                phone.State = PhoneState.Over;
            }
            else if (now >= phone.RepeatAt)
            {
                phone.Wait = phone.Wait * 2 > T2 && phone.State == PhoneState.Leaving ? T2 : phone.Wait * 2;
                phone.RepeatAt = now + phone.Wait;
                Send(phone.Pending);
            }
        }
    }

    private void Hear()
    {
        int length;
        try
        {
            length = _socket.Receive(_in);
        }
        catch (SocketException)
        {
            // Nobody listens there any more; calls that are left unanswered say so by themselves.
            return;
        }

        var text = Encoding.ASCII.GetString(_in, 0, length);
        if (PhoneText.Header(text, "Call-ID") is not { } id || !int.TryParse(id.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= Phones.Count || Phones[number].CallId != id) return;
        if (text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && int.TryParse(text.AsSpan(8, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)) Answered(Phones[number], status, text);
        else Asks(Phones[number], text);
    }

    private void Answered(Phone phone, int status, string text)
    {
        if (PhoneText.Header(text, "CSeq")?.EndsWith("BYE", StringComparison.Ordinal) == true)
        {
            if (status < 200 || phone.State != PhoneState.Leaving) return;
            phone.GiveUpAt = TimeSpan.MaxValue;
            phone.State = PhoneState.Over;
        }
        else if (status < 200)
        {
            // The line has it: no need to say it again (section 17.1.1.2).
            if (phone.State == PhoneState.Calling) phone.RepeatAt = TimeSpan.MaxValue;
        }
        else
        {
            Settled(phone, status, text);
        }
    }

    /// <summary>A final answer, or the same one once more: its ACK was lost.</summary>
    private void Settled(Phone phone, int status, string text)
    {
        var isNew = phone.State == PhoneState.Calling;
        if (isNew)
        {
            (phone.Status, phone.SetUp, phone.GiveUpAt, phone.To) = (status, Now - phone.Asked, TimeSpan.MaxValue, PhoneText.Header(text, "To"));
            if (status < 300) phone.Contact = PhoneText.UriOf(PhoneText.Header(text, "Contact"));
        }

        var tooLate = phone is { State: PhoneState.Over, Status: 0 } && status < 300;
        if (tooLate) (phone.To, phone.Contact) = (PhoneText.Header(text, "To"), PhoneText.UriOf(PhoneText.Header(text, "Contact")));
        Send(PhoneText.Ack(phone, _local, _target));
        // Nobody waits for this answer any more: the caller goes, and leaves the line no call.
        if (tooLate) (phone.State, phone.Leg.Over) = (PhoneState.Leaving, true);
        if (tooLate) Insist(phone, PhoneText.Bye(phone, _local, _target), Now);
        if (!isNew) return;
        phone.Leg.To = status < 300 ? PhoneText.SoundOf(text) : null;
        phone.State = phone.Leg.To is null ? PhoneState.Over : PhoneState.Up;
        if (phone.Leg.To is not null) _sound.Add(phone.Leg);
    }

    private void Asks(Phone phone, string text)
    {
        var method = text[..Math.Max(0, text.IndexOf(' ', StringComparison.Ordinal))];
        Send(method is "BYE" or "OPTIONS" ? PhoneText.Answer(text, 200, "OK") : PhoneText.Answer(text, 405, "Method Not Allowed"));
        if (method != "BYE" || phone.State == PhoneState.Over) return;
        phone.Dropped = phone.State == PhoneState.Up;
        phone.GiveUpAt = TimeSpan.MaxValue;
        phone.State = PhoneState.Over;
        phone.Leg.Over = true;
    }

    private void Send(byte[] message)
    {
        try
        {
            _socket.SendTo(message, SocketFlags.None, _to);
        }
        catch (SocketException)
        {
            // It is sent again, or counts as unanswered.
        }
    }
}
