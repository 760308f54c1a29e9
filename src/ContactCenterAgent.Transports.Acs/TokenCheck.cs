using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ContactCenterAgent.Transports.Acs.Wire;

namespace ContactCenterAgent.Transports.Acs;

/// <summary>Checks tokens against an issuer's keys, which are fetched when they are first needed and when a token names one that is new.</summary>
/// <param name="options">Whose tokens are believed.</param>
/// <param name="http">Fetches keys; not owned.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenCheck(TokenOptions options, HttpClient http, TimeProvider time) : IDisposable
{
    /// <summary>How far clocks may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Between two fetches; a stranger with made-up key names causes no more.</summary>
    private static readonly TimeSpan FetchEvery = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FetchWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile Dictionary<string, RSAParameters> _keys = new(StringComparer.Ordinal);
    private long? _fetchedAt;

    /// <summary>Checks a request's authorization.</summary>
    /// <param name="authorization">The header's value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong with it, in one word; null = nothing.</returns>
    public async ValueTask<string?> FindFaultAsync(string? authorization, CancellationToken cancellationToken)
    {
        const string Scheme = "Bearer ";
        if (options.Audience.Length == 0 || authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return "token";
        if (SignedToken.Read(authorization[Scheme.Length..]) is not { } token) return "token";
        if (token.Issuer != options.Issuer) return "issuer";
        if (!token.Audiences.Contains(options.Audience, StringComparer.OrdinalIgnoreCase)) return "audience";
        var now = time.GetUtcNow();
        if (now > token.Expires + Skew || now < token.NotBefore - Skew) return "expired";
        if (await KeyAsync(token.Key, cancellationToken) is not { } key) return "key";
        return token.IsSignedBy(key) ? null : "signature";
    }

    public void Dispose() => _fetching.Dispose();

    private async ValueTask<RSAParameters?> KeyAsync(string id, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(id, out var known)) return known;
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!_keys.ContainsKey(id) && (_fetchedAt is not { } at || time.GetElapsedTime(at) >= FetchEvery))
            {
                _fetchedAt = time.GetTimestamp();
                await FetchAsync(cancellationToken);
            }

            return _keys.TryGetValue(id, out var key) ? key : null;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(FetchWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(options.KeysUrl), either.Token));
            var keys = new Dictionary<string, RSAParameters>(StringComparer.Ordinal);
            foreach (var one in json.RootElement.GetProperty("keys").EnumerateArray().Where(k => k.GetProperty("kty").GetString() == "RSA"))
            {
                keys[one.GetProperty("kid").GetString() ?? ""] = new()
                {
                    Modulus = Base64Url.DecodeFromChars(one.GetProperty("n").GetString()),
                    Exponent = Base64Url.DecodeFromChars(one.GetProperty("e").GetString()),
                };
            }

            _keys = keys;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The keys that we have go on; a token under another one is refused by name.
        }
    }
}
