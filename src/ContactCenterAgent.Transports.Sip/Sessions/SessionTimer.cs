using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>Keeps a session from outliving its peer (RFC 4028): one side refreshes at half time, the other hangs up where no refresh comes.</summary>
internal sealed class SessionTimer
{
    /// <summary>Shorter ones are refused (RFC 4028 section 4).</summary>
    internal const uint LeastSeconds = 90;

    private readonly SipTransactions _transactions;
    private readonly Alarm _alarm;

    internal SessionTimer(SipTransactions transactions, Action refresh, Action expired)
    {
        _transactions = transactions;
        _alarm = new(transactions.Alarms, () => (WeRefresh ? refresh : expired)());
    }

    /// <summary>Seconds; 0 = the peer has no session timer.</summary>
    internal uint Seconds { get; private set; }

    internal bool WeRefresh { get; private set; }

    /// <summary>Settles the timer for a request that we answer with 2xx, and writes what the answer says of it.</summary>
    internal void Answer(SipRequest request, SipResponse answer, uint wanted)
    {
        var supported = request.Lists("Supported", "timer") || request.Lists("Require", "timer");
        if (!supported)
        {
            Stop();
            return;
        }

        var value = request["Session-Expires"];
        Seconds = Math.Max(LeastSeconds, Math.Min(request.Number("Session-Expires") ?? wanted, 86_400));
        WeRefresh = Refresher(value) is "uas" || (value is null);
        answer.Add("Session-Expires", $"{Seconds};refresher={(WeRefresh ? "uas" : "uac")}");
        if (!WeRefresh) answer.Add("Require", "timer");
        Start();
    }

    /// <summary>Settles the timer by the answer to our own request.</summary>
    internal void Answered(SipResponse answer)
    {
        if (answer.Number("Session-Expires") is not { } seconds)
        {
            // Without a word on it the peer does not check; we go on refreshing if we did.
            if (Seconds > 0 && WeRefresh) Start();
            return;
        }

        Seconds = Math.Clamp(seconds, LeastSeconds, 86_400);
        WeRefresh = Refresher(answer["Session-Expires"]) is null or "uac";
        Start();
    }

    internal void Raise(uint seconds) => Seconds = Math.Clamp(seconds, Seconds, 86_400);

    internal void RetryAfter(TimeSpan wait) => _alarm.Set(_transactions.Now + wait);

    internal void Stop()
    {
        Seconds = 0;
        _alarm.Clear();
    }

    private void Start() => _alarm.Set(_transactions.Now + TimeSpan.FromSeconds(WeRefresh ? Seconds / 2.0 : Seconds - Math.Min(32, Seconds / 3.0)));

    private static string? Refresher(string? value)
    {
        var semicolon = value?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return semicolon >= 0 && SipParameters.TryParse(value.AsSpan(semicolon), out var parameters) ? parameters["refresher"]?.ToLowerInvariant() : null;
    }
}
