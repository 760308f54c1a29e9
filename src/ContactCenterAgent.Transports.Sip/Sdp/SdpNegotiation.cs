using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Wire;

namespace ContactCenterAgent.Transports.Sip.Sdp;

/// <summary>Rules about encryption of sound.</summary>
internal enum SrtpRule
{
    /// <summary>Plain RTP and SRTP are taken as they are offered.</summary>
    Offered,

    /// <summary>An offer of SRTP is refused: its keys would have come in the clear.</summary>
    PlainOnly,

    /// <summary>An offer without SRTP is refused.</summary>
    Required,
}

/// <summary>One side of a call's offers and answers (RFC 3264). Keeps what was last agreed and the version of our own description.</summary>
internal sealed class SdpNegotiation(LocalMedia local, SrtpRule srtp)
{
    private string? _written;
    private uint _version;

    /// <summary>What holds now; null = nothing yet.</summary>
    internal AgreedMedia? Agreed { get; private set; }

    /// <summary>Whether an offer can be answered at all, without a call yet.</summary>
    internal static bool CanAnswer(SessionDescription offer, SrtpRule srtp, IReadOnlyList<SipCodec> codecs) => Preferred(offer, srtp, codecs) is not null;

    /// <summary>What an offer would be answered with; null = nothing in common.</summary>
    internal static SipCodec? Preferred(SessionDescription offer, SrtpRule srtp, IReadOnlyList<SipCodec> codecs) =>
        offer.Media.FirstOrDefault(section => IsForUs(section, srtp, codecs)) is { } chosen ? MediaFormats.Of(chosen, codecs).Codecs[0].Codec : null;

    /// <summary>Answers an offer: as many sections in the same order, those that are not for us with port 0; null = nothing in common (488).</summary>
    internal byte[]? Answer(SessionDescription offer, bool keepWaiting = false)
    {
        var chosen = offer.Media.FirstOrDefault(section => IsForUs(section, srtp, local.Codecs));
        if (chosen is null) return null;
        var formats = MediaFormats.Of(chosen, local.Codecs);
        var crypto = IsSecure(chosen) ? SdesKey.Of(chosen) : null;
        var direction = MediaFormats.Answering(MediaFormats.DirectionOf(offer, chosen));
        if (keepWaiting && direction == SdpDirection.SendReceive) direction = SdpDirection.SendOnly;
        var own = crypto is null ? null : crypto with { Key = local.Key };
        Agreed = Agree(offer, chosen, formats, direction, own, crypto);
        var body = new StringBuilder();
        foreach (var section in offer.Media)
        {
            if (ReferenceEquals(section, chosen)) Section(body, section.Protocol, [formats.Codecs[0]], formats.Digits, direction, own);
            else body.Append($"m={section.Kind} 0 {section.Protocol} {string.Join(' ', section.Formats)}\r\n");
        }

        return Write(body.ToString());
    }

    /// <summary>Our own offer, of everything that we can do, where the peer has asked us for one.</summary>
    internal byte[] Offer(bool secure = false)
    {
        var body = new StringBuilder();
        secure |= srtp == SrtpRule.Required || Agreed?.SendKey is not null;
        var codecs = Agreed?.Codecs is { Count: > 0 } before ? before : [.. local.Codecs.Select(c => (c, MediaFormats.StaticOf(c)))];
        codecs = [.. codecs, .. local.Codecs.Where(c => codecs.All(k => k.Codec != c)).Select(c => (c, MediaFormats.StaticOf(c)))];
        Section(body, secure ? "RTP/SAVP" : "RTP/AVP", codecs, Agreed?.Digits ?? 101, SdpDirection.SendReceive, secure ? new(Agreed?.SendKey?.Tag ?? 1, SdesSuite.Tag80, local.Key) : null);
        return Write(body.ToString());
    }

    /// <summary>Takes the answer to our offer; false = it does not fit.</summary>
    internal bool Take(SessionDescription answer)
    {
        var section = answer.Media.FirstOrDefault(s => IsForUs(s, srtp, local.Codecs));
        if (section is null) return false;
        var crypto = IsSecure(section) ? SdesKey.Of(section) : null;
        Agreed = Agree(answer, section, MediaFormats.Of(section, local.Codecs), MediaFormats.Answering(MediaFormats.DirectionOf(answer, section)), crypto is null ? null : crypto with { Key = local.Key }, crypto);
        return true;
    }

    private static AgreedMedia Agree(SessionDescription theirs, MediaSection section, MediaFormats formats, SdpDirection ours, SdesKey? own, SdesKey? peer)
    {
        var address = theirs.AddressOf(section);
        var known = address is not null && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
        var zero = address is not null && !known;
        var (codec, payload) = formats.Codecs[0];
        return new(
            codec,
            payload,
            formats.Codecs,
            formats.Digits,
            formats.ComfortNoise,
            known ? new(address!, section.Port) : null,
            known ? Control(section, address!) : null,
            MaySend: !zero && ours is SdpDirection.SendReceive or SdpDirection.SendOnly,
            MayReceive: ours is SdpDirection.SendReceive or SdpDirection.ReceiveOnly,
            own,
            peer);
    }

    private static IPEndPoint? Control(MediaSection section, IPAddress address)
    {
        var said = section.First("rtcp") is { } rtcp && SipText.TryNumber(rtcp.AsSpan(0, rtcp.IndexOf(' ', StringComparison.Ordinal) is var blank and >= 0 ? blank : rtcp.Length), 65_535, out var port) ? (int)port : 0;
        if (said > 0) return new(address, said);
        return section.Port < 65_535 ? new(address, section.Port + 1) : null;
    }

    private static bool IsSecure(MediaSection section) => section.Protocol is "RTP/SAVP" or "RTP/SAVPF";

    private static bool IsForUs(MediaSection section, SrtpRule srtp, IReadOnlyList<SipCodec> codecs) =>
        section is { Kind: "audio", Port: > 0 } && MediaFormats.Of(section, codecs).Codecs.Count > 0
        && section.Protocol switch
        {
            "RTP/AVP" or "RTP/AVPF" => srtp != SrtpRule.Required,
            "RTP/SAVP" or "RTP/SAVPF" => srtp != SrtpRule.PlainOnly && SdesKey.Of(section) is not null,
            _ => false,
        };

    private static void Section(StringBuilder body, string protocol, IReadOnlyList<(SipCodec Codec, byte Payload)> codecs, byte? digits, SdpDirection direction, SdesKey? key)
    {
        var numbers = string.Join(' ', codecs.Select(c => c.Payload).Concat(digits is { } d ? [d] : []));
        body.Append($"m=audio {{port}} {protocol} {numbers}\r\n");
        foreach (var (codec, payload) in codecs) body.Append($"a=rtpmap:{payload} {MediaFormats.NameOf(codec)}\r\n");
        if (digits is { } events) body.Append($"a=rtpmap:{events} telephone-event/8000\r\na=fmtp:{events} 0-15\r\n");
        if (key is not null) body.Append(key.Attribute).Append("\r\n");
        body.Append($"a=ptime:20\r\na={MediaFormats.NameOf(direction)}\r\n");
    }

    /// <summary>The version in <c>o=</c> rises by one when something has changed, and only then (RFC 3264 section 8).</summary>
    private byte[] Write(string sections)
    {
        if (_written != sections)
        {
            _written = sections;
            _version++;
        }

        var family = local.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        return Encoding.UTF8.GetBytes(
            $"v=0\r\no=- {local.Session} {_version} IN {family} {local.Address}\r\ns=-\r\nc=IN {family} {local.Address}\r\nt=0 0\r\n{sections.Replace("{port}", $"{local.Port}", StringComparison.Ordinal)}");
    }
}
