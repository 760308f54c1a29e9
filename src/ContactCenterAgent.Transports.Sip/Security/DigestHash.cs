using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Transports.Sip.Security;

/// <summary>The sums of a digest (RFC 7616 section 3.4).</summary>
internal static class DigestHash
{
    internal static string Response(DigestAlgorithm algorithm, bool session, string user, string realm, string password, string method, string uri, string nonce, string? count, string? clientNonce, string? quality)
    {
        var secret = Hex(algorithm, $"{user}:{realm}:{password}");
        if (session) secret = Hex(algorithm, $"{secret}:{nonce}:{clientNonce}");
        var what = Hex(algorithm, $"{method}:{uri}");
        return Hex(algorithm, quality is null ? $"{secret}:{nonce}:{what}" : $"{secret}:{nonce}:{count}:{clientNonce}:{quality}:{what}");
    }

    private static string Hex(DigestAlgorithm algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // MD5 is what phones of RFC 2617 speak; SHA-256 is offered first.
        return Convert.ToHexStringLower(algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
#pragma warning restore CA5351
    }
}
