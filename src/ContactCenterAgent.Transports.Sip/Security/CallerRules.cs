using System.Net;
using ContactCenterAgent.Transports.Sip.Transactions;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>Who may call.</summary>
/// <param name="Allowed">Sources that are heard at all; empty = any.</param>
/// <param name="Trusted">Sources that need no password.</param>
/// <param name="Users">Names with passwords; empty = nobody is asked for one.</param>
/// <param name="Realm">What callers are shown.</param>
internal sealed record CallerRules(IReadOnlyList<IPNetwork> Allowed, IReadOnlyList<IPNetwork> Trusted, IReadOnlyDictionary<string, string> Users, string Realm)
{
    /// <summary>Hashes that are offered, the better one first.</summary>
    internal IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    internal static readonly CallerRules Everybody = new([], [], new Dictionary<string, string>(), "");

    // What scanners call themselves. One that calls itself otherwise meets the other rules.
    private static readonly string[] Scanners = ["friendly-scanner", "sipvicious", "sipcli", "sip-scan", "sundayddr", "iwar", "pplsip"];

    internal bool MayBeHeard(SipPeer peer) => Allowed.Count == 0 || Holds(Allowed, peer.Address.Address);

    internal bool MustAuthenticate(SipPeer peer) => Users.Count > 0 && !Holds(Trusted, peer.Address.Address);

    internal static bool IsScanner(SipRequest request) =>
        request["User-Agent"] is { } agent && Scanners.Any(s => agent.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static bool Holds(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
            if (network.Contains(plain)) return true;
        return false;
    }
}
