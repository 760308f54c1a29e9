using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sdp;

/// <summary>A suite of RFC 4568 section 6.2: AES in counter mode with 128 bits, HMAC-SHA1 with a tag of 80 or 32 bits.</summary>
internal enum SdesSuite
{
    /// <summary>AES_CM_128_HMAC_SHA1_80.</summary>
    Tag80,

    /// <summary>AES_CM_128_HMAC_SHA1_32.</summary>
    Tag32,
}

/// <summary>A <c>crypto</c> attribute (RFC 4568 section 4). The key never reaches a log: this prints its tag only.</summary>
/// <param name="Tag">Number by which the answer names the offer's line.</param>
/// <param name="Suite">One of ours.</param>
/// <param name="Key">16 bytes master key, then 14 bytes master salt (RFC 3711 section 4.3).</param>
internal sealed record SdesKey(int Tag, SdesSuite Suite, ReadOnlyMemory<byte> Key)
{
    internal const int KeyBytes = 30;

    /// <summary>The first line with a suite of ours and nothing that we lack; null = there is none. Suites that we lack come first in many offers.</summary>
    internal static SdesKey? Of(MediaSection section) => section.All("crypto").Select(Parse).FirstOrDefault(key => key is not null);

    internal string Attribute => $"a=crypto:{Tag} {(Suite == SdesSuite.Tag80 ? "AES_CM_128_HMAC_SHA1_80" : "AES_CM_128_HMAC_SHA1_32")} inline:{Convert.ToBase64String(Key.Span)}";

    private static SdesKey? Parse(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !SipText.TryNumber(parts[0], 999_999_999, out var tag) || !parts[2].StartsWith("inline:", StringComparison.Ordinal)) return null;
        // A session parameter (KDR, UNENCRYPTED_SRTP and others) changes what is on the wire: such a line is not for us.
        if (parts.Length > 3) return null;
        SdesSuite? suite = parts[1] switch
        {
            "AES_CM_128_HMAC_SHA1_80" => SdesSuite.Tag80,
            "AES_CM_128_HMAC_SHA1_32" => SdesSuite.Tag32,
            _ => null,
        };
        var fields = parts[2]["inline:".Length..].Split('|');
        // A lifetime may stand behind the key; an MKI that is longer than nothing would stand in every packet.
        if (suite is null || fields.Length > 2 || (fields.Length == 2 && fields[1].Contains(':', StringComparison.Ordinal))) return null;
        var key = new byte[64];
        return fields[0].Length <= 80 && Convert.TryFromBase64String(fields[0], key, out var length) && length == KeyBytes ? new((int)tag, suite.Value, key.AsMemory(0, KeyBytes)) : null;
    }

    public override string ToString() => $"crypto {Tag}";
}
