using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ContactCenterAgent.Transports.WebSocket.Wire;

/// <summary>The signature of Twilio's requests (Twilio documentation, "Secure webhooks", Authenticate with signatures).</summary>
internal static class TwilioSignature
{
    /// <summary>Whether a request was signed with the account's token.</summary>
    /// <param name="token">The account's token.</param>
    /// <param name="url">The whole URL as Twilio was given it; <c>wss</c> for the upgrade of a stream.</param>
    /// <param name="form">Fields of a posted form; empty for an upgrade.</param>
    /// <param name="signature">The header's value.</param>
    public static bool IsValid(string token, string url, IEnumerable<KeyValuePair<string, string>> form, string? signature)
    {
        if (string.IsNullOrEmpty(signature) || signature.Length > 64) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(token, url, form)), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>Signs. A field that is there twice with one value counts once, as in Twilio's own libraries.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The vendor's protocol; as a keyed hash SHA-1 is not broken.")]
    public static string Of(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (key, value) in form.Distinct().OrderBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal)) text.Append(key).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
