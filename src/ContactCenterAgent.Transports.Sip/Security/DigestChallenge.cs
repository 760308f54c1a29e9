using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>Hash of a digest (RFC 7616, RFC 8760).</summary>
internal enum DigestAlgorithm
{
    /// <summary>For peers of RFC 2617.</summary>
    Md5,

    /// <summary>Preferred.</summary>
    Sha256,
}

/// <summary>Parameters of a WWW-Authenticate, Proxy-Authenticate or (Proxy-)Authorization header.</summary>
internal sealed class DigestParameters
{
    private readonly Dictionary<string, string> _all = new(StringComparer.OrdinalIgnoreCase);

    private DigestParameters()
    {
    }

    internal string? this[string name] => _all.GetValueOrDefault(name);

    /// <summary>Reads <c>Digest a="b", c=d</c>; null = another scheme, or broken.</summary>
    internal static DigestParameters? Parse(string value)
    {
        if (!value.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase) || SipText.List(value.AsSpan(7)) is not { Count: <= 32 } parts) return null;
        var parameters = new DigestParameters();
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) return null;
            var name = SipText.Trim(part.AsSpan(0, equals)).ToString();
            if (!parameters._all.TryAdd(name, SipText.Unquote(SipText.Trim(part.AsSpan(equals + 1))))) return null;
        }

        return parameters;
    }

    /// <summary>The hash; null = one that we lack. <paramref name="session"/>: the <c>-sess</c> form.</summary>
    internal DigestAlgorithm? Algorithm(out bool session)
    {
        var name = this["algorithm"] ?? "MD5";
        session = name.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        return (session ? name[..^5] : name).ToUpperInvariant() switch { "MD5" => DigestAlgorithm.Md5, "SHA-256" => DigestAlgorithm.Sha256, _ => null };
    }
}
