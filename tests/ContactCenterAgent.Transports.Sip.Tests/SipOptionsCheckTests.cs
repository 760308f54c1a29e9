using System.ComponentModel.DataAnnotations;
using ContactCenterAgent.Transports.Sip.Sdp;

namespace ContactCenterAgent.Transports.Sip.Tests;

public sealed class SipOptionsCheckTests
{
    [Fact]
    public void Codecs_OfG722Alone_StopTheStart() =>
        Should.Throw<ValidationException>(() => SipOptionsCheck.Check(new() { Codecs = [SipCodec.G722] })).Message.ShouldStartWith("Codecs must name PCMA or PCMU");

    [Fact]
    public void Codecs_LeftOut_AreThoseOfTheTelephoneNetwork() => SipOptionsCheck.CodecsOf(new()).ShouldBe([SipCodec.Pcma, SipCodec.Pcmu]);

    [Fact]
    public void Codecs_NamedTwice_CountOnce() => SipOptionsCheck.CodecsOf(new() { Codecs = [SipCodec.G722, SipCodec.Pcmu, SipCodec.G722] }).ShouldBe([SipCodec.G722, SipCodec.Pcmu]);
}
