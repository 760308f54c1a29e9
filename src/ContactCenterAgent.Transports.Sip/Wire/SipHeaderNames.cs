using System.Collections.Frozen;

namespace ContactCenterAgent.Transports.Sip.Wire;

/// <summary>Header names as we write them, with their compact forms (RFC 3261 section 7.3.3 and the extensions that we read).</summary>
internal static class SipHeaderNames
{
    private static readonly FrozenDictionary<string, string> Known = Names().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The long form in our spelling; an unknown name stays as it is.</summary>
    internal static string Canonical(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var known) ? known : name.ToString();

    private static Dictionary<string, string> Names()
    {
        string[] names =
        [
            "Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Contact", "Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Content-Language",
            "Record-Route", "Route", "Require", "Proxy-Require", "Supported", "Unsupported", "Allow", "Accept", "Accept-Encoding", "Accept-Language", "Expires", "Min-Expires",
            "Session-Expires", "Min-SE", "Refer-To", "Referred-By", "Replaces", "Event", "Subscription-State", "Subject", "Authorization", "Proxy-Authorization",
            "WWW-Authenticate", "Proxy-Authenticate", "Retry-After", "Warning", "Date", "User-Agent", "Server", "RSeq", "RAck", "Reason", "P-Asserted-Identity", "Diversion",
            "History-Info", "User-to-User", "Path", "Service-Route", "Privacy", "MIME-Version", "Timestamp", "Organization", "Priority", "Refer-Sub", "Allow-Events", "Reply-To",
        ];
        var all = names.ToDictionary(n => n, n => n, StringComparer.OrdinalIgnoreCase);
        (string, string)[] compact =
        [
            ("v", "Via"), ("f", "From"), ("t", "To"), ("m", "Contact"), ("i", "Call-ID"), ("s", "Subject"), ("c", "Content-Type"), ("l", "Content-Length"), ("k", "Supported"),
            ("o", "Event"), ("r", "Refer-To"), ("u", "Allow-Events"), ("x", "Session-Expires"), ("e", "Content-Encoding"), ("b", "Referred-By"),
        ];
        foreach (var (letter, name) in compact) all[letter] = name;
        return all;
    }
}
