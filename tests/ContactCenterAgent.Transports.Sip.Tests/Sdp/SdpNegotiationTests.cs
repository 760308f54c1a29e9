using System.Net;
using System.Text;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Tests.Sdp;

public sealed class SdpNegotiationTests
{
    private static readonly LocalMedia Local = new(IPAddress.Parse("192.0.2.10"), 20_000, new byte[30], 4711);

    [Fact]
    public void Answer_UsesTheOffersNumbers_AndTheOffersOrder()
    {
        var (text, agreed) = Answer("m=audio 6000 RTP/AVP 0 8 96\na=rtpmap:96 telephone-event/8000\n");

        text.ShouldContain("m=audio 20000 RTP/AVP 0 96\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:96 telephone-event/8000");
        (agreed!.Payload, agreed.Digits).ShouldBe(((byte)0, (byte)96));
        agreed.Codecs.ShouldBe([(SipCodec.Pcmu, (byte)0), (SipCodec.Pcma, (byte)8)], "whatever was offered may come");
    }

    [Theory]
    [InlineData("9 8", "", "9", "G722/8000")]
    [InlineData("110 8", "a=rtpmap:110 G722/8000\n", "110", "G722/8000")]
    [InlineData("8 9", "", "8", "PCMA/8000")]
    public void G722_IsAnswered_WhereWeSpeakIt_AndTheCallerWouldRather(string offered, string map, string payload, string name)
    {
        var offer = SessionDescription.Parse(Encoding.ASCII.GetBytes($"v=0\r\nc=IN IP4 192.0.2.20\r\nm=audio 6000 RTP/AVP {offered}\r\n{map}"))!;
        SipCodec[] codecs = [SipCodec.G722, SipCodec.Pcma];
        var negotiation = new SdpNegotiation(Local with { Codecs = codecs }, SrtpRule.Offered);

        Encoding.ASCII.GetString(negotiation.Answer(offer)!).ShouldContain($"m=audio 20000 RTP/AVP {payload}\r\na=rtpmap:{payload} {name}\r\n");
        SdpNegotiation.Preferred(offer, SrtpRule.Offered, codecs).ShouldBe(negotiation.Agreed!.Codec);
        SdpNegotiation.Preferred(offer, SrtpRule.Offered, Local.Codecs).ShouldBe(SipCodec.Pcma, "who does not speak it passes it over");
    }

    [Fact]
    public void Offer_OfOurs_NamesWhatWeSpeakInOurOrder() =>
        Encoding.ASCII.GetString(new SdpNegotiation(Local with { Codecs = [SipCodec.G722, SipCodec.Pcmu] }, SrtpRule.Offered).Offer()).ShouldContain("m=audio 20000 RTP/AVP 9 0 101\r\na=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\n");

    [Fact]
    public void Answer_HasAsManySections_ThoseNotForUsWithPortZero()
    {
        var (text, _) = Answer("m=video 5000 RTP/AVP 31\nm=audio 6000 RTP/AVP 8\nm=image 7000 udptl t38\nm=audio 6002 RTP/AVP 0\n");

        text.Split("\r\n").Where(l => l.StartsWith("m=", StringComparison.Ordinal)).ShouldBe(["m=video 0 RTP/AVP 31", "m=audio 20000 RTP/AVP 8", "m=image 0 udptl t38", "m=audio 0 RTP/AVP 0"]);
    }

    [Theory]
    [InlineData("m=audio 6000 RTP/AVP 9 18\n")]
    [InlineData("m=audio 0 RTP/AVP 8\n")]
    [InlineData("m=audio 6000 UDP/TLS/RTP/SAVPF 8\n")]
    [InlineData("m=audio 6000 RTP/SAVP 8\n")]
    public void Offer_WithNothingForUs_IsNotAnswered(string media) => Answer(media).Agreed.ShouldBeNull();

    [Fact]
    public void Crypto_AnswersTheLineThatWeCanDo_WithItsTag_AndOurKey()
    {
        var key = Convert.ToBase64String(Enumerable.Repeat((byte)7, 30).ToArray());
        var (text, agreed) = Answer($"m=audio 6000 RTP/SAVP 8\na=crypto:1 AEAD_AES_256_GCM inline:{key}\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31|1:1\na=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31\n");

        text.ShouldContain($"a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:{Convert.ToBase64String(new byte[30])}");
        agreed!.ReceiveKey!.Key.ToArray().ShouldAllBe(b => b == 7);
        agreed.ToString().ShouldNotContain(key);
        agreed.ReceiveKey.ToString().ShouldBe("crypto 3");
    }

    [Theory]
    [InlineData(SrtpRule.PlainOnly, "RTP/SAVP", false)]
    [InlineData(SrtpRule.PlainOnly, "RTP/AVP", true)]
    [InlineData(SrtpRule.Required, "RTP/AVP", false)]
    [InlineData(SrtpRule.Required, "RTP/SAVP", true)]
    internal void Rule_DecidesOnEncryption(SrtpRule rule, string protocol, bool answered)
    {
        var key = Convert.ToBase64String(new byte[30]);
        (Answer($"m=audio 6000 {protocol} 8\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}\n", rule).Agreed is not null).ShouldBe(answered);
    }

    [Theory]
    [InlineData("a=sendonly", "recvonly", false, true)]
    [InlineData("a=recvonly", "sendonly", true, false)]
    [InlineData("a=inactive", "inactive", false, false)]
    [InlineData("a=sendrecv", "sendrecv", true, true)]
    public void Direction_IsAnsweredByItsCounterpart(string offered, string answered, bool maySend, bool mayReceive)
    {
        var (text, agreed) = Answer($"m=audio 6000 RTP/AVP 8\n{offered}\n");

        text.ShouldContain($"a={answered}");
        (agreed!.MaySend, agreed.MayReceive).ShouldBe((maySend, mayReceive));
    }

    [Fact]
    public void Connection_OfTheSection_WinsOverTheSessions_AndANameIsNoAddress()
    {
        Answer("m=audio 6000 RTP/AVP 8\nc=IN IP4 198.51.100.1\na=rtcp:7001 IN IP4 198.51.100.1\n").Agreed!.Remote.ShouldBe(new IPEndPoint(IPAddress.Parse("198.51.100.1"), 6000));
        Answer("m=audio 6000 RTP/AVP 8\na=rtcp:7001\n").Agreed!.RemoteControl!.Port.ShouldBe(7001);
        Answer("m=audio 6000 RTP/AVP 8\nc=IN IP4 phone.example\n").Agreed!.Remote.ShouldBeNull();
    }

    private static (string Text, AgreedMedia? Agreed) Answer(string media, SrtpRule rule = SrtpRule.Offered)
    {
        var offer = SessionDescription.Parse(Encoding.UTF8.GetBytes("v=0\no=- 1 1 IN IP4 192.0.2.20\ns= \nc=IN IP4 192.0.2.20\nt=0 0\n" + media))!;
        var negotiation = new SdpNegotiation(Local, rule);
        var answer = negotiation.Answer(offer);
        return (answer is null ? "" : Encoding.UTF8.GetString(answer), negotiation.Agreed);
    }
}
