using ContactCenterAgent.Media.Srtp;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Media;

/// <summary>SRTP in both directions, each under its sender's key.</summary>
internal sealed class RtpSecrets : IDisposable
{
    private readonly SdesKey _own;
    private readonly SdesKey _peer;

    private RtpSecrets(SdesKey own, SdesKey peer, SrtpSender send, SrtpReceiver receive) => (_own, _peer, Send, Receive) = (own, peer, send, receive);

    internal SrtpSender Send { get; }

    internal SrtpReceiver Receive { get; }

    /// <summary>What was agreed on. A key that stays goes on counting where it is, in either direction: the same numbers twice would give the sound away.</summary>
    internal static RtpSecrets? For(AgreedMedia media, RtpSecrets? before)
    {
        if (media.SendKey is not { } own || media.ReceiveKey is not { } peer)
        {
            before?.Dispose();
            return null;
        }

        var keepsOwn = before is not null && Same(before._own, own);
        var keepsPeer = before is not null && Same(before._peer, peer);
        if (keepsOwn && keepsPeer) return before;
        if (!keepsOwn) before?.Send.Dispose();
        if (!keepsPeer) before?.Receive.Dispose();
        return new(own, peer, keepsOwn ? before!.Send : new(SuiteOf(own), KeyOf(own)), keepsPeer ? before!.Receive : new(SuiteOf(peer), KeyOf(peer)));
    }

    public void Dispose()
    {
        Send.Dispose();
        Receive.Dispose();
    }

    private static bool Same(SdesKey a, SdesKey b) => a.Suite == b.Suite && a.Key.Span.SequenceEqual(b.Key.Span);

    private static SrtpSuite SuiteOf(SdesKey key) => key.Suite == SdesSuite.Tag80 ? SrtpSuite.AesCm128HmacSha1Tag80 : SrtpSuite.AesCm128HmacSha1Tag32;

    private static SrtpKey KeyOf(SdesKey key) =>
        SrtpKey.TryParse(Convert.ToBase64String(key.Key.Span), out var parsed) ? parsed : throw new InvalidOperationException("A key that was read has 30 bytes.");
}
