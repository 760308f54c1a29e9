using System.Net;
using ContactCenterAgent.Transports.Sip.Sdp;
using ContactCenterAgent.Transports.Sip.Security;
using ContactCenterAgent.Transports.Sip.Transactions;

namespace ContactCenterAgent.Transports.Sip.Sessions;

/// <summary>What the pure stack is told about the world. Checked where it comes from.</summary>
internal sealed record SipStackOptions
{
    /// <summary>Our address as peers see it, for each way of travelling.</summary>
    internal required Func<SipTransport, IPEndPoint> LocalOf { get; init; }

    /// <summary>Fills bytes at random: tags, branches, nonces.</summary>
    internal required Action<Span<byte>> Random { get; init; }

    internal string Agent { get; init; } = "ContactCenterAgent";

    /// <summary>Sessions at once.</summary>
    internal int Sessions { get; init; } = 2_000;

    /// <summary>Wall clock, for digests of servers; only differences count.</summary>
    internal uint SessionSeconds { get; init; } = 1_800;

    /// <summary>What we speak, in the order in which we offer it.</summary>
    internal IReadOnlyList<SipCodec> Codecs { get; init; } = [SipCodec.Pcma, SipCodec.Pcmu];

    internal SrtpRule Srtp { get; init; } = SrtpRule.Offered;

    /// <summary>Keys in SDP are taken where signalling is not encrypted.</summary>
    internal bool SrtpWithoutTls { get; init; }

    /// <summary>Who may call; null = whoever reaches us.</summary>
    internal CallerRules Callers { get; init; } = CallerRules.Everybody;

    /// <summary>A call may take the place of another (RFC 3891).</summary>
    internal bool Replaces { get; init; }

    internal uint RetryAfterSeconds { get; init; } = 10;

    /// <summary>How long a transfer may take until somebody answers.</summary>
    internal TimeSpan TransferMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call may ring unanswered by us.</summary>
    internal TimeSpan RingMax { get; init; } = TimeSpan.FromMinutes(3);
}
