namespace ContactCenterAgent.Transports.Sip.Transactions;

/// <summary>Timers of RFC 3261 (table 4, section 17).</summary>
internal static class SipTimers
{
    /// <summary>Round trip, as estimated.</summary>
    internal static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between two requests that are not INVITE, and two responses to INVITE.</summary>
    internal static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);

    /// <summary>Longest time that a message stays in the network.</summary>
    internal static readonly TimeSpan T4 = TimeSpan.FromSeconds(5);

    /// <summary>B, F, H, J, L, M: 64 times T1.</summary>
    internal static readonly TimeSpan GiveUp = T1 * 64;

    internal static TimeSpan Doubled(TimeSpan wait) => wait * 2 < T2 ? wait * 2 : T2;
}
