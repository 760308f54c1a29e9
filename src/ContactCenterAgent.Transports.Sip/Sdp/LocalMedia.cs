using System.Net;

namespace ContactCenterAgent.Transports.Sip.Sdp;

/// <summary>Where this side's sound of one call is, for as long as the call lasts.</summary>
/// <param name="Address">What is written in <c>c=</c>: must be reachable for the peer.</param>
/// <param name="Port">RTP; even. RTCP is on the next one.</param>
/// <param name="Key">30 random bytes: our SRTP master key and salt, used where the peer wants SRTP.</param>
/// <param name="Session">Random; the session's id in <c>o=</c>.</param>
internal sealed record LocalMedia(IPAddress Address, int Port, ReadOnlyMemory<byte> Key, uint Session)
{
    /// <summary>What we speak on this call, in the order in which we offer it.</summary>
    internal IReadOnlyList<SipCodec> Codecs { get; init; } = [SipCodec.Pcma, SipCodec.Pcmu];

    /// <summary>Prints neither address nor key.</summary>
    public override string ToString() => $"port {Port}";
}

/// <summary>What both sides have agreed on.</summary>
/// <param name="Codec">What we send.</param>
/// <param name="Payload">Its number, in both directions: the offer's (RFC 3264 section 6.1).</param>
/// <param name="Codecs">All that we may receive.</param>
/// <param name="Digits">Number of telephone-event; null = the peer has none.</param>
/// <param name="ComfortNoise">Number of CN; null = the peer has none.</param>
/// <param name="Remote">Where to send to until packets arrive; null = nowhere is known (a name, 0.0.0.0).</param>
/// <param name="RemoteControl">Where RTCP goes (RFC 3605, else the next port).</param>
/// <param name="MaySend">Not on hold.</param>
/// <param name="MayReceive">The peer sends.</param>
/// <param name="SendKey">SRTP: ours; null = plain RTP.</param>
/// <param name="ReceiveKey">SRTP: the peer's.</param>
internal sealed record AgreedMedia(
    SipCodec Codec,
    byte Payload,
    IReadOnlyList<(SipCodec Codec, byte Payload)> Codecs,
    byte? Digits,
    byte? ComfortNoise,
    IPEndPoint? Remote,
    IPEndPoint? RemoteControl,
    bool MaySend,
    bool MayReceive,
    SdesKey? SendKey,
    SdesKey? ReceiveKey)
{
    /// <summary>The peer keeps the caller waiting: sound stops in one direction at least.</summary>
    internal bool OnHold => !MaySend || !MayReceive;

    /// <summary>Prints neither address nor key.</summary>
    public override string ToString() => $"{Codec} {Payload}{(SendKey is null ? "" : " srtp")}{(OnHold ? " on hold" : "")}";
}
