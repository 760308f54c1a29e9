using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContactCenterAgent.Transports.Acs.Wire;

/// <summary>A token with a signature by an RSA key (RFC 7519, RFC 7515). Any other algorithm is refused: who may choose it may choose none.</summary>
/// <param name="Key">The key's id.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Audiences">Whom it is for.</param>
/// <param name="NotBefore">Valid from.</param>
/// <param name="Expires">Valid until.</param>
internal sealed record SignedToken(string Key, string Issuer, IReadOnlyList<string> Audiences, DateTimeOffset NotBefore, DateTimeOffset Expires)
{
    /// <summary>Characters of a token at most.</summary>
    private const int CharactersMax = 8_192;

    private byte[] Signed { get; init; } = [];

    private byte[] Signature { get; init; } = [];

    /// <summary>Takes a token apart; nothing in it is true before <see cref="IsSignedBy"/>.</summary>
    /// <returns>Null: it is none, or of another algorithm.</returns>
    public static SignedToken? Read(string text)
    {
        if (text.Length > CharactersMax || text.Split('.') is not [var head, var body, var signature]) return null;
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(head));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
            if (Text(header.RootElement, "alg") != "RS256" || Text(header.RootElement, "kid") is not { } key) return null;
            var root = claims.RootElement;
            if (Text(root, "iss") is not { } issuer || Time(root, "exp") is not { } expires) return null;
            return new(key, issuer, Audience(root), Time(root, "nbf") ?? DateTimeOffset.MinValue, expires)
            {
                Signed = Encoding.ASCII.GetBytes($"{head}.{body}"),
                Signature = Base64Url.DecodeFromChars(signature),
            };
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a key signed it.</summary>
    public bool IsSignedBy(RSAParameters key)
    {
        try
        {
            using var rsa = RSA.Create(key);
            return rsa.VerifyData(Signed, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static List<string> Audience(JsonElement claims)
    {
        if (Text(claims, "aud") is { } one) return [one];
        return claims.TryGetProperty("aud", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)]
            : [];
    }

    private static string? Text(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement at, string name) =>
        at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
