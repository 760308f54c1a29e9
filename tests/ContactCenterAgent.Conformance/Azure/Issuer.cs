using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactCenterAgent.Transports.Acs;

namespace ContactCenterAgent.Conformance.Azure;

/// <summary>Issues tokens as Azure does, with a key of its own.</summary>
internal sealed class Issuer : HttpMessageHandler
{
    public const string Name = "https://issuer.example.org";

    public const string Audience = "6d2f4f4c-5f2e-4a43-9a5c-4a2f0e1f4a11";

    private readonly RSA _key = RSA.Create(2_048);

    public int Fetched { get; private set; }

    public static TokenOptions Options => new() { Issuer = Name, Audience = Audience, KeysUrl = "https://issuer.example.org/keys" };

    public string Token(string issuer = Name, string audience = Audience, string algorithm = "RS256", string key = "k1", TimeSpan? expires = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var signed = Part(new { alg = algorithm, typ = "JWT", kid = key }) + "."
            + Part(new { iss = issuer, aud = audience, nbf = now.AddMinutes(-1).ToUnixTimeSeconds(), exp = (now + (expires ?? TimeSpan.FromMinutes(5))).ToUnixTimeSeconds() });
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>The public key, as the issuer publishes it (RFC 7517).</summary>
    public byte[] Keys()
    {
        Fetched++;
        var key = _key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.SerializeToUtf8Bytes(new { keys = new[] { new { kty = "RSA", kid = "k1", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Keys()) });

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private static string Part<T>(T claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
