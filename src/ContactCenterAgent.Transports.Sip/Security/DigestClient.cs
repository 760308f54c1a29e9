using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>Who we are to a registrar or trunk.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">Never printed.</param>
internal sealed record SipCredentials(string User, string Password)
{
    public override string ToString() => "credentials";
}

/// <summary>Answers a server's challenges; keeps the nonce and its count for the next request.</summary>
internal sealed class DigestClient(SipCredentials credentials, Func<string> clientNonce)
{
    private DigestParameters? _challenge;
    private bool _proxy;
    private uint _count;

    /// <summary>Takes the challenge of a 401 or 407; false = none that we can answer, or the same password was refused already.</summary>
    internal bool Take(SipResponse response)
    {
        var proxy = response.Status == 407;
        // Several challenges: the server's first one that we can do (RFC 8760 section 2.4).
        var challenge = response.Headers.Where(h => h.Name == (proxy ? "Proxy-Authenticate" : "WWW-Authenticate"))
            .Select(h => DigestParameters.Parse(h.Value)).FirstOrDefault(c => c?.Algorithm(out _) is not null && c["nonce"] is not null && QualityOf(c) is not "none");
        if (challenge is null) return false;
        (_challenge, _proxy, _count) = (challenge, proxy, 0);
        return true;
    }

    /// <summary>Whether a challenge says that only the nonce was old.</summary>
    internal bool IsStale => _challenge?["stale"] is { } stale && SipText.Same(stale, "true");

    /// <summary>Adds the answer to the challenge that was last taken; nothing where there is none.</summary>
    internal void Authorise(SipRequest request)
    {
        if (_challenge is null) return;
        var algorithm = _challenge.Algorithm(out var session)!.Value;
        var (realm, nonce, quality) = (_challenge["realm"] ?? "", _challenge["nonce"]!, QualityOf(_challenge));
        var (count, own) = ($"{++_count:x8}", clientNonce());
        var response = DigestHash.Response(algorithm, session, credentials.User, realm, credentials.Password, request.Method, request.UriText, nonce, count, own, quality);
        var value = $"Digest username={SipText.Quote(credentials.User)}, realm={SipText.Quote(realm)}, nonce={SipText.Quote(nonce)}, uri={SipText.Quote(request.UriText)}, response=\"{response}\"";
        if (_challenge["algorithm"] is { } named) value += $", algorithm={SipText.Shown(named)}";
        if (_challenge["opaque"] is { } opaque) value += $", opaque={SipText.Quote(opaque)}";
        if (quality is not null || session) value += $", cnonce=\"{own}\"";
        if (quality is not null) value += $", qop=auth, nc={count}";
        request.Add(_proxy ? "Proxy-Authorization" : "Authorization", value);
    }

    /// <summary>auth; null = a server of RFC 2069; "none" = only auth-int, which we lack.</summary>
    private static string? QualityOf(DigestParameters challenge)
    {
        if (challenge["qop"] is not { } offered) return null;
        return offered.Split(',').Any(q => SipText.Same(q.Trim(), "auth")) ? "auth" : "none";
    }
}
