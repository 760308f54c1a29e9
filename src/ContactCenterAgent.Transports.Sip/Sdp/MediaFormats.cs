using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sdp;

/// <summary>Codecs that a call can speak.</summary>
public enum SipCodec
{
    /// <summary>G.711 mu-law, 8000 Hz (RFC 3551 section 4.5.14); static type 0.</summary>
    Pcmu,

    /// <summary>G.711 A-law, 8000 Hz (RFC 3551 section 4.5.14); static type 8.</summary>
    Pcma,

    /// <summary>G.722 at 64 kbit/s: sound of 7 kHz, 16000 Hz, though its RTP clock runs at 8000 (RFC 3551 section 4.5.2); static type 9.</summary>
    G722,
}

/// <summary>Which way a section's media goes, seen from whoever wrote it (RFC 3264 section 5.1).</summary>
internal enum SdpDirection
{
    /// <summary>Both ways; also when nothing is said.</summary>
    SendReceive,

    /// <summary>The writer sends only: it has put the other one on hold.</summary>
    SendOnly,

    /// <summary>The writer listens only.</summary>
    ReceiveOnly,

    /// <summary>Neither.</summary>
    Inactive,
}

/// <summary>What a section's payload numbers mean.</summary>
internal sealed record MediaFormats(IReadOnlyList<(SipCodec Codec, byte Payload)> Codecs, byte? Digits, byte? ComfortNoise)
{
    /// <param name="section">Of either side.</param>
    /// <param name="ours">What we speak on this call.</param>
    internal static MediaFormats Of(MediaSection section, IReadOnlyList<SipCodec> ours)
    {
        var codecs = new List<(SipCodec, byte)>();
        byte? digits = null, noise = null;
        foreach (var format in section.Formats)
        {
            if (!SipText.TryNumber(format, 127, out var number)) continue;
            var payload = (byte)number;
            switch (NameOf(section, payload))
            {
                case "PCMU/8000": Add(SipCodec.Pcmu); break;
                case "PCMA/8000": Add(SipCodec.Pcma); break;
                case "G722/8000": Add(SipCodec.G722); break;
                case "TELEPHONE-EVENT/8000": digits ??= payload; break;
                case "CN/8000": noise ??= payload; break;
            }

            void Add(SipCodec codec)
            {
                if (ours.Contains(codec)) codecs.Add((codec, payload));
            }
        }

        return new(codecs, digits, noise);
    }

    internal static string NameOf(SipCodec codec) => codec switch { SipCodec.Pcmu => "PCMU/8000", SipCodec.Pcma => "PCMA/8000", _ => "G722/8000" };

    internal static byte StaticOf(SipCodec codec) => codec switch { SipCodec.Pcmu => 0, SipCodec.Pcma => 8, _ => 9 };

    private static string? NameOf(MediaSection section, byte payload)
    {
        foreach (var map in section.All("rtpmap"))
        {
            var blank = map.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !SipText.TryNumber(map.AsSpan(0, blank), 127, out var number) || number != payload) continue;
            var name = map.AsSpan(blank).Trim().ToString().ToUpperInvariant();
            return name.EndsWith("/1", StringComparison.Ordinal) ? name[..^2] : name;
        }

        return payload switch { 0 => "PCMU/8000", 8 => "PCMA/8000", 9 => "G722/8000", 13 => "CN/8000", _ => null };
    }

    internal static SdpDirection DirectionOf(SessionDescription description, MediaSection section)
    {
        foreach (var attribute in section.Attributes.Concat(description.Attributes))
        {
            switch (attribute.Name)
            {
                case "sendrecv": return SdpDirection.SendReceive;
                case "sendonly": return SdpDirection.SendOnly;
                case "recvonly": return SdpDirection.ReceiveOnly;
                case "inactive": return SdpDirection.Inactive;
            }
        }

        return SdpDirection.SendReceive;
    }

    /// <summary>How the other side answers a direction (RFC 3264 section 6.1).</summary>
    internal static SdpDirection Answering(SdpDirection offered) => offered switch
    {
        SdpDirection.SendOnly => SdpDirection.ReceiveOnly,
        SdpDirection.ReceiveOnly => SdpDirection.SendOnly,
        _ => offered,
    };

    internal static string NameOf(SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.ReceiveOnly => "recvonly",
        SdpDirection.Inactive => "inactive",
        _ => "sendrecv",
    };
}
