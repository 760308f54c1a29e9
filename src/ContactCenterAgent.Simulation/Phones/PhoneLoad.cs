namespace ContactCenterAgent.Simulation.Phones;

/// <summary>
/// Phones that call a line, all at once, with RTP both ways: a ramp, a hold, an end. They share no code with the line. A phone sends 50 frames a second whatever it hears, and presses key 1 every 15 s.
/// </summary>
/// <remarks>Two threads of its own. Linux only: it sends and takes many datagrams in one system call, and asks the kernel when each came.</remarks>
public sealed class PhoneLoad : IDisposable
{
    private const int FailuresMax = 10;
    private const int FramesASecond = 50;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SettleMax = TimeSpan.FromSeconds(33);
    private static readonly TimeSpan Straggle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowSetUp = TimeSpan.FromSeconds(1);

    private readonly PhoneLoadOptions _options;
    private readonly TimeProvider _time;
    private readonly PhoneSound _sound;
    private readonly PhoneExchange _exchange;
    private readonly List<PhoneStrain> _strains = [];
    private readonly HashSet<string> _told = [];
    private (TimeSpan At, long Received, long Late, long Missing, long Sent, long SentLate) _second;
    private double _lateNow;
    private List<Phone> _held = [];
    private FrameFigures _down;

    /// <summary>Begins to call.</summary>
    /// <param name="options">How many, how fast.</param>
    /// <param name="time">Monotonic time.</param>
    /// <exception cref="PlatformNotSupportedException">Not 64-bit Linux.</exception>
    public PhoneLoad(PhoneLoadOptions options, TimeProvider time)
    {
        if (!IsPossible) throw new PlatformNotSupportedException("The phones need 64-bit Linux.");
        (_options, _time) = (options, time);
        _sound = new(options.Target.Address, time);
        _exchange = new(options.Target, options.Calls, options.Rate, _sound, time);
    }

    /// <summary>This machine can run it.</summary>
    public static bool IsPossible => DatagramBatch.IsPossible;

    private int Up => _exchange.Phones.Count(p => p.State == PhoneState.Up);

    /// <summary>Calls until all are up, or ten in a row got nowhere.</summary>
    public async Task RampAsync(Action<PhoneLoadProgress> progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var asked = _exchange.Asked;
            var last = _exchange.Phones.Take(asked).Where(p => p.State != PhoneState.Calling).TakeLast(FailuresMax).ToList();
            if (last.Count == FailuresMax && last.All(p => !p.IsAnswered)) _exchange.Enough = true;
            Watch();
            progress(new("ramp", (double)asked / _options.Calls, Up, _lateNow));
            if ((_exchange.Enough || asked == _options.Calls) && !_exchange.Phones.Any(p => p.State == PhoneState.Calling)) return;
            await Task.Delay(Look, _time, cancellationToken);
        }
    }

    /// <summary>Stays up, and counts.</summary>
    public async Task HoldAsync(Action<PhoneLoadProgress> progress, CancellationToken cancellationToken)
    {
        var (began, upAtFirst) = (_exchange.Now, _exchange.Phones.Where(p => p.State == PhoneState.Up).ToList());
        _sound.CountFrames = (int)(_options.Hold.TotalSeconds * FramesASecond);
        for (var held = TimeSpan.Zero; held < _options.Hold; held = _exchange.Now - began)
        {
            Watch();
            progress(new("hold", held / _options.Hold, Up, _lateNow));
            await Task.Delay(Look, _time, cancellationToken);
        }

        _held = [.. upAtFirst.Where(p => p.State == PhoneState.Up)];
        // The last frames may be late; those that are owed in vain are lost.
        await Task.Delay(Straggle, _time, cancellationToken);
        _down = upAtFirst.Select(p => p.Leg.Heard.Settle()).Aggregate(default(FrameFigures), (sum, one) => sum.With(one));
    }

    /// <summary>Hangs up, one after the other.</summary>
    public async Task EndAsync(Action<PhoneLoadProgress> progress, CancellationToken cancellationToken)
    {
        var (began, before) = (_exchange.Now, Math.Max(1, Up));
        _exchange.Enough = _exchange.Leaving = true;
        while (_exchange.Phones.Any(p => p.State is not (PhoneState.Over or PhoneState.Idle)) && _exchange.Now - began < SettleMax + TimeSpan.FromSeconds(before / _options.Rate))
        {
            progress(new("end", 1 - ((double)Up / before), Up, 0));
            await Task.Delay(Look, _time, cancellationToken);
        }
    }

    /// <summary>What was met; after the end.</summary>
    public PhoneLoadReport Report()
    {
        var phones = _exchange.Phones.Take(_exchange.Asked).ToList();
        var setUps = phones.Where(p => p.IsAnswered).Select(p => p.SetUp).Order().ToList();
        var reported = phones.Where(p => p.Leg.Reports > 0).ToList();
        return new()
        {
            Asked = phones.Count,
            Answered = setUps.Count,
            Held = _held.Count,
            Dropped = phones.Count(p => p.Dropped),
            Refused = phones.Where(p => !p.IsAnswered).GroupBy(p => p.Status).ToDictionary(g => g.Key, g => g.Count()),
            SetUpHalf = setUps.Count == 0 ? null : setUps[(setUps.Count - 1) / 2],
            SetUpMost = setUps.Count == 0 ? null : setUps[(int)Math.Ceiling(setUps.Count * 0.99) - 1],
            Down = _down,
            Sent = _sound.Sent,
            SentLate = _sound.SentLate,
            UpLost = reported.Sum(p => Math.Max(0, p.Leg.FarLost)),
            UpReported = reported.Count,
            UpJitter = TimeSpan.FromSeconds(reported.Select(p => p.Leg.FarJitter).DefaultIfEmpty().Max() / 8_000.0),
            Strains = _strains,
        };
    }

    /// <summary>Stops both threads and closes the sockets.</summary>
    public void Dispose()
    {
        _exchange.Dispose();
        _sound.Dispose();
    }

    /// <summary>Notices, once a second, what is no longer as it should be.</summary>
    private void Watch()
    {
        var now = _exchange.Now;
        if (now - _second.At < TimeSpan.FromSeconds(1)) return;
        var phones = _exchange.Phones.Take(_exchange.Asked).ToList();
        var before = _second;
        _second = (now, phones.Sum(p => p.Leg.Heard.Received), phones.Sum(p => p.Leg.Heard.Late), phones.Sum(p => p.Leg.Heard.Missing), _sound.Sent, _sound.SentLate);
        _lateNow = Share(_second.Late - before.Late, _second.Received - before.Received);
        var ownLate = Share(_second.SentLate - before.SentLate, _second.Sent - before.Sent);
        if (ownLate > 0.001) Tell(now, "generator", I($"the generator itself: {ownLate:p2} of its frames left late in one second"));
        if (_lateNow > 0.001) Tell(now, "late", I($"punctuality: {_lateNow:p2} of the line's frames came late in one second"));
        if (Share(_second.Missing - before.Missing, _second.Received - before.Received) > 0.001) Tell(now, "lost", "frames: more than 0.1 % of the line's frames did not come in one second");
        if (phones.Any(p => p.SetUp > SlowSetUp)) Tell(now, "setup", "set-up: a call took more than a second to be answered");
        if (phones.Find(p => !p.IsAnswered && p.State == PhoneState.Over) is { } failed) Tell(now, "refused", failed.Status == 0 ? "answers: a call got none within 32 s" : I($"room: a call was refused with {failed.Status}"));
        if (phones.Any(p => p.Dropped)) Tell(now, "dropped", "calls: one was hung up by the line");
    }

    private static double Share(long some, long all) => all <= 0 ? 0 : (double)some / all;

    private void Tell(TimeSpan now, string kind, string what)
    {
        if (_told.Add(kind)) _strains.Add(new(now, Up, what));
    }

    private static string I(FormattableString text) => FormattableString.Invariant(text);
}
