using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ContactCenterAgent.Media.Srtp;

/// <summary>The suites of SDES that are spoken here (RFC 4568 section 6.2).</summary>
public enum SrtpSuite
{
    /// <summary>AES_CM_128_HMAC_SHA1_80: ten bytes of tag.</summary>
    AesCm128HmacSha1Tag80,

    /// <summary>AES_CM_128_HMAC_SHA1_32: four bytes of tag on RTP, ten on RTCP.</summary>
    AesCm128HmacSha1Tag32,
}

/// <summary>A master key with its salt: 16 and 14 bytes (RFC 4568 section 6.1). It never prints itself.</summary>
public sealed class SrtpKey
{
    internal const int KeyBytes = 16;
    internal const int SaltBytes = 14;

    private readonly byte[] _bytes;

    private SrtpKey(byte[] bytes) => _bytes = bytes;

    /// <summary>As it stands in SDP behind <c>inline:</c>. A secret: not for logs.</summary>
    public string Inline => Convert.ToBase64String(_bytes);

    internal ReadOnlySpan<byte> Key => _bytes.AsSpan(0, KeyBytes);

    internal ReadOnlySpan<byte> Salt => _bytes.AsSpan(KeyBytes);

    /// <summary>A new random key.</summary>
    public static SrtpKey Create() => new(RandomNumberGenerator.GetBytes(KeyBytes + SaltBytes));

    /// <summary>Reads what stands behind <c>inline:</c>: base64 of key and salt, then perhaps <c>|2^31</c> (a lifetime) and <c>|1:1</c> (an MKI).</summary>
    /// <returns>False: it is no key of 30 bytes, or it wants an MKI in every packet, which is not spoken here.</returns>
    public static bool TryParse(string inline, [NotNullWhen(true)] out SrtpKey? key)
    {
        key = null;
        var parts = inline.Split('|');
        if (parts.Skip(1).Any(p => p.Contains(':', StringComparison.Ordinal))) return false;
        var bytes = new byte[KeyBytes + SaltBytes];
        if (!Convert.TryFromBase64String(parts[0], bytes, out var count) || count != bytes.Length) return false;
        key = new(bytes);
        return true;
    }

    /// <summary>The name of a suite in SDP; null = not spoken here.</summary>
    public static SrtpSuite? SuiteOf(string name) => name switch
    {
        "AES_CM_128_HMAC_SHA1_80" => SrtpSuite.AesCm128HmacSha1Tag80,
        "AES_CM_128_HMAC_SHA1_32" => SrtpSuite.AesCm128HmacSha1Tag32,
        _ => null,
    };

    /// <summary>The name of a suite in SDP.</summary>
    public static string NameOf(SrtpSuite suite) => suite == SrtpSuite.AesCm128HmacSha1Tag80 ? "AES_CM_128_HMAC_SHA1_80" : "AES_CM_128_HMAC_SHA1_32";

    /// <summary>Keys are secret.</summary>
    public override string ToString() => "[redacted]";
}
