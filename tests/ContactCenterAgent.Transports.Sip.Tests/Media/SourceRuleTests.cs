using System.Net;
using ContactCenterAgent.Transports.Sip.Media;

namespace ContactCenterAgent.Transports.Sip.Tests.Media;

public sealed class SourceRuleTests
{
    private static readonly IPEndPoint Signalled = new(IPAddress.Parse("192.0.2.20"), 6000);
    private static readonly SocketAddress Known = Signalled.Serialize();
    private static readonly SocketAddress Translated = new IPEndPoint(IPAddress.Parse("203.0.113.5"), 40_000).Serialize();
    private static readonly SocketAddress Stranger = new IPEndPoint(IPAddress.Parse("198.51.100.9"), 9).Serialize();

    [Fact]
    public void Mistake10_StrangerOnTheRtpPort_IsDroppedAndCounted_HoweverMuchItSends()
    {
        var rule = new SourceRule();
        rule.Signal(Signalled);
        rule.Accept(Known, 1, 1, authentic: false, TimeSpan.Zero).ShouldBeTrue();

        for (ushort i = 0; i < 500; i++)
        {
            var now = TimeSpan.FromMilliseconds(20 * i);
            rule.Accept(Known, 1, (ushort)(2 + i), authentic: false, now).ShouldBeTrue();
            rule.Accept(Stranger, 66, i, authentic: false, now).ShouldBeFalse();
        }

        rule.Latched.ShouldBe(Known);
        rule.Strangers.ShouldBe(500);
    }

    [Fact]
    public void Mistake10_FirstPacketFromElsewhere_DoesNotLatch_AStreamDoes()
    {
        var rule = new SourceRule();
        rule.Signal(Signalled);

        rule.Accept(Translated, 1, 100, authentic: false, TimeSpan.Zero).ShouldBeFalse();
        rule.Accept(Stranger, 2, 7, authentic: false, TimeSpan.Zero).ShouldBeFalse();
        var taken = Enumerable.Range(0, 5).Select(i => rule.Accept(Translated, 1, (ushort)(101 + i), authentic: false, TimeSpan.FromMilliseconds(20 * i))).ToList();

        taken.ShouldBe([false, false, false, true, true]);
        rule.Latched.ShouldBe(Translated);
    }

    [Fact]
    public void Source_ThatFallsSilent_MayBeReplaced_NotBefore()
    {
        var rule = new SourceRule();
        rule.Signal(Signalled);
        rule.Accept(Known, 1, 1, authentic: false, TimeSpan.Zero);

        for (ushort i = 0; i < 10; i++) rule.Accept(Translated, 1, i, authentic: false, TimeSpan.FromSeconds(2)).ShouldBeFalse();
        for (ushort i = 0; i < 3; i++) rule.Accept(Translated, 1, (ushort)(20 + i), authentic: false, TimeSpan.FromSeconds(4)).ShouldBeFalse();
        rule.Accept(Translated, 1, 23, authentic: false, TimeSpan.FromSeconds(4)).ShouldBeTrue();
    }

    [Fact]
    public void Packet_WithARightTag_LatchesAtOnce()
    {
        var rule = new SourceRule();
        rule.Signal(Signalled);

        rule.Accept(Translated, 1, 1, authentic: true, TimeSpan.Zero).ShouldBeTrue();

        rule.Latched.ShouldBe(Translated);
    }

    [Fact]
    public void Renegotiation_ToAnotherAddress_ForgetsTheOldOne_ToTheSameDoesNot()
    {
        var rule = new SourceRule();
        rule.Signal(Signalled);
        rule.Accept(Translated, 1, 1, authentic: true, TimeSpan.Zero);

        rule.Signal(Signalled);
        rule.Latched.ShouldBe(Translated);
        rule.Signal(new(IPAddress.Parse("192.0.2.99"), 7000));

        rule.Latched.ShouldBe(new IPEndPoint(IPAddress.Parse("192.0.2.99"), 7000).Serialize());
    }

    [Theory]
    [InlineData(DigitWay.Rtp, DigitWay.Info, 100, false)]
    [InlineData(DigitWay.Rtp, DigitWay.Rtp, 60, true)]
    [InlineData(DigitWay.Info, DigitWay.Rtp, 1_500, true)]
    internal void Mistake05_KeyToldTwice_CountsOnce_AndTwoPressesCountTwice(DigitWay first, DigitWay second, int apart, bool isNew)
    {
        var filter = new DigitFilter();

        filter.IsNew('5', first, TimeSpan.Zero).ShouldBeTrue();
        filter.IsNew('5', second, TimeSpan.FromMilliseconds(apart)).ShouldBe(isNew);
        filter.IsNew('6', second, TimeSpan.FromMilliseconds(apart)).ShouldBeTrue();
    }
}
