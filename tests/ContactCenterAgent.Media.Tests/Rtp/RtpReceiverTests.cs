using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class RtpReceiverTests
{
    private readonly RtpReceiver _receiver = new(8000);

    private RtpArrival Receive(int sequence, uint timestamp = 0, uint ssrc = 1, double ms = 0) =>
        _receiver.Receive(new(8, false, (ushort)sequence, timestamp, ssrc), TimeSpan.FromMilliseconds(ms));

    [Fact]
    public void Sequence_OverTheWrap_GoesOnUp()
    {
        Receive(65534).ShouldBe(RtpArrival.NewStream);
        Receive(65535).ShouldBe(RtpArrival.Current);
        var last = _receiver.Sequence;
        Receive(0).ShouldBe(RtpArrival.Current);
        _receiver.Sequence.ShouldBe(last + 1);
        Receive(65535);
        _receiver.Sequence.ShouldBe(last);
        _receiver.Lost.ShouldBe(-1);
    }

    [Fact]
    public void Timestamp_OverTheWrap_GoesOnUp()
    {
        Receive(1, uint.MaxValue - 159);
        var first = _receiver.Timestamp;
        Receive(2, 0);
        _receiver.Timestamp.ShouldBe(first + 160);
        Receive(1, uint.MaxValue - 159);
        _receiver.Timestamp.ShouldBe(first);
        Receive(3, 160);
        _receiver.Timestamp.ShouldBe(first + 320);
    }

    [Fact]
    public void IsValid_NeedsTwoInSequence()
    {
        Receive(10);
        _receiver.IsValid.ShouldBeFalse();
        Receive(12);
        _receiver.IsValid.ShouldBeFalse();
        Receive(13);
        _receiver.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Receive_OnePacketOfAnotherSource_IsDropped()
    {
        Receive(10);
        Receive(500, ssrc: 2).ShouldBe(RtpArrival.Dropped);
        Receive(11).ShouldBe(RtpArrival.Current);
        Receive(501, ssrc: 2).ShouldBe(RtpArrival.Dropped);
        _receiver.Ssrc.ShouldBe(1u);
    }

    [Fact]
    public void Receive_TwoInSequenceOfAnotherSource_AreANewStream()
    {
        Receive(10);
        Receive(500, ssrc: 2);
        Receive(501, ssrc: 2).ShouldBe(RtpArrival.NewStream);
        _receiver.Ssrc.ShouldBe(2u);
        _receiver.Lost.ShouldBe(0);
    }

    [Fact]
    public void Receive_AFarJump_NeedsAProof()
    {
        Receive(10);
        Receive(20_000).ShouldBe(RtpArrival.Dropped);
        Receive(20_001).ShouldBe(RtpArrival.NewStream);
    }

    [Fact]
    public void Lost_CountsWhatIsMissing_AndTheFractionSinceTheLastReport()
    {
        foreach (var sequence in Enumerable.Range(0, 100).Where(s => s % 4 != 1)) Receive(sequence);
        _receiver.Lost.ShouldBe(25);
        _receiver.TakeFractionLost().ShouldBe((byte)64);
        foreach (var sequence in Enumerable.Range(100, 100)) Receive(sequence);
        _receiver.TakeFractionLost().ShouldBe((byte)0);
        _receiver.Lost.ShouldBe(25);
    }

    [Fact]
    public void Jitter_OfEvenPackets_IsNone_AndOfUnevenOnesComesNear()
    {
        for (var i = 0; i < 100; i++) Receive(i, (uint)(i * 160), ms: i * 20);
        _receiver.Jitter.ShouldBe(0, 0.001);
        for (var i = 100; i < 400; i++) Receive(i, (uint)(i * 160), ms: (i * 20) + (i % 2 * 10));

        // Every difference is 10 ms: 80 units.
        _receiver.Jitter.ShouldBe(80, 1);
    }
}
