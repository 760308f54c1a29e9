using System.Security.Cryptography;
using System.Text;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>What a request's credentials are worth.</summary>
internal enum DigestVerdict
{
    /// <summary>Right.</summary>
    Known,

    /// <summary>None are there: a challenge is due.</summary>
    Missing,

    /// <summary>The nonce is old: a challenge with stale=true is due.</summary>
    Stale,

    /// <summary>Wrong name, password, address or number.</summary>
    Wrong,
}

/// <summary>Challenges callers. Nonces are signed, so that they cost no memory until they are used; a used one counts up and cannot be played back.</summary>
internal sealed class DigestServer
{
    private const int NoncesMax = 4_096;
    private static readonly TimeSpan NonceMax = TimeSpan.FromMinutes(5);

    private readonly string _realm;
    private readonly IReadOnlyDictionary<string, string> _passwords;
    private readonly IReadOnlyList<DigestAlgorithm> _algorithms;
    private readonly byte[] _secret = new byte[32];
    private readonly Dictionary<string, uint> _counts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    internal DigestServer(CallerRules rules, Action<Span<byte>> random)
    {
        (_realm, _passwords, _algorithms) = (rules.Realm, rules.Users, rules.Algorithms);
        random(_secret);
    }

    internal DigestVerdict Check(SipRequest request, TimeSpan now)
    {
        var given = request.Headers.Where(h => h.Name == "Authorization").Select(h => DigestParameters.Parse(h.Value)).FirstOrDefault(p => p is not null && p["realm"] == _realm);
        if (given is null) return DigestVerdict.Missing;
        if (given["nonce"] is not { } nonce || !IsOurs(nonce, out var made)) return DigestVerdict.Stale;
        if (now - made > NonceMax) return DigestVerdict.Stale;
        if (given.Algorithm(out var session) is not { } algorithm || !_algorithms.Contains(algorithm) || given["uri"] is not { } uri || given["response"] is not { } response) return DigestVerdict.Wrong;
        if (given["qop"] is not "auth" || given["nc"] is not { Length: 8 } count || given["cnonce"] is not { } own || !IsSame(uri, request)) return DigestVerdict.Wrong;
        var user = given["username"] ?? "";
        var known = _passwords.TryGetValue(user, out var password);
        var right = DigestHash.Response(algorithm, session, user, _realm, password ?? "", request.Method, uri, nonce, count, own, "auth");
        // Names are not told apart from passwords by the time that the answer takes.
        var equal = CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(right), Encoding.Latin1.GetBytes(response.ToLowerInvariant()));
        if (!known || !equal) return DigestVerdict.Wrong;
        return Count(nonce, count) ? DigestVerdict.Known : DigestVerdict.Stale;
    }

    /// <summary>Adds our challenges, the better one first (RFC 8760 section 2.3).</summary>
    internal void Challenge(SipResponse response, TimeSpan now, bool stale)
    {
        var nonce = NonceAt(now);
        foreach (var algorithm in _algorithms)
            response.Add("WWW-Authenticate", $"Digest realm={SipText.Quote(_realm)}, nonce=\"{nonce}\", algorithm={(algorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5")}, qop=\"auth\"{(stale ? ", stale=true" : "")}");
    }

    private static bool IsSame(string uri, SipRequest request) =>
        uri == request.UriText || (SipUri.Parse(uri) is { } said && request.Uri is { } asked && said.IsSameAs(asked));

    private bool Count(string nonce, string text)
    {
        if (!uint.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var count)) return false;
        if (_counts.TryGetValue(nonce, out var last))
        {
            if (count <= last) return false;
        }
        else
        {
            if (_order.Count == NoncesMax) _counts.Remove(_order.Dequeue());
            _order.Enqueue(nonce);
        }

        _counts[nonce] = count;
        return true;
    }

    private string NonceAt(TimeSpan now)
    {
        Span<byte> bytes = stackalloc byte[40];
        BitConverter.TryWriteBytes(bytes, now.Ticks);
        HMACSHA256.HashData(_secret, bytes[..8], bytes[8..]);
        return Convert.ToHexStringLower(bytes[..24]);
    }

    private bool IsOurs(string nonce, out TimeSpan made)
    {
        made = default;
        Span<byte> bytes = stackalloc byte[24];
        if (nonce.Length != 48 || Convert.FromHexString(nonce, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        made = new(BitConverter.ToInt64(bytes));
        return NonceAt(made) == nonce;
    }
}
