using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class TelephoneEventTests
{
    private readonly TelephoneEventReceiver _receiver = new();

    /// <summary>Sends keys as a phone would and gives the packets.</summary>
    private static List<TelephoneEventPacket> Packets(string keys, int samples = 800, int gapFrames = 3)
    {
        var sender = new TelephoneEventSender(160, gapFrames);
        foreach (var key in keys) sender.Press(key, samples).ShouldBeTrue();
        var packets = new List<TelephoneEventPacket>();
        for (var frame = 0; sender.IsBusy; frame++)
            if (sender.TryNext(frame * 160, out var packet)) packets.Add(packet);
        return packets;
    }

    private string Receive(IEnumerable<TelephoneEventPacket> packets)
    {
        var keys = "";
        var bytes = new byte[TelephoneEvent.Bytes];
        foreach (var packet in packets)
        {
            packet.Event.Write(bytes);
            keys += _receiver.Receive(packet.MediaTime, packet.Marker, bytes)?.ToString();
        }

        return keys;
    }

    [Fact]
    public void Press_OneKey_IsSentAsTheRfcSays()
    {
        var packets = Packets("5");

        packets.Count.ShouldBe(7);
        packets.Select(p => p.MediaTime).ShouldAllBe(t => t == 0);
        packets.Select(p => p.Marker).ShouldBe([true, false, false, false, false, false, false]);
        packets.Select(p => (int)p.Event.Duration).ShouldBe([160, 320, 480, 640, 800, 800, 800]);
        packets.Select(p => p.Event.End).ShouldBe([false, false, false, false, true, true, true]);
    }

    [Fact]
    public void Receive_AllSixteenKeys_TellsEachOnce() => Receive(Packets("0123456789*#ABCD")).ShouldBe("0123456789*#ABCD");

    [Fact]
    public void Receive_EqualKeys60MillisecondsApart_AreTwo() => Receive(Packets("77")).ShouldBe("77");

    [Fact]
    public void Receive_AnyPacketsLost_TellsEachKeyOnce()
    {
        var packets = Packets("447");
        for (var lost = 0; lost < 5000; lost++)
        {
            var random = new Random(lost);
            _receiver.Reset();

            // At least one packet of each key gets through: a key that wholly vanished cannot be told.
            var kept = packets.Where(_ => random.Next(100) >= 30).ToList();
            if (kept.Select(p => p.MediaTime).Distinct().Count() < 3) continue;
            Receive(kept).ShouldBe("447", $"seed {lost}");
        }
    }

    [Fact]
    public void Receive_RepeatedAndReorderedPackets_TellOnce()
    {
        var packets = Packets("12");
        Receive([.. packets, .. packets]).ShouldBe("12");
        _receiver.Reset();
        (packets[6], packets[7]) = (packets[7], packets[6]);
        Receive(packets).ShouldBe("12");
    }

    [Fact]
    public void Receive_PressOfTwentySeconds_IsOneKey()
    {
        var packets = Packets("9", samples: 160_000);
        packets.Select(p => p.MediaTime).Distinct().Count().ShouldBe(3);
        packets.Count(p => p.Marker).ShouldBe(1);
        Receive(packets).ShouldBe("9");
    }

    [Fact]
    public void Receive_SenderThatCountsTheTimestampUp_IsOneKey()
    {
        var wrong = Packets("3").Select((p, i) => p with { MediaTime = i * 160, Event = p.Event with { Duration = (ushort)((i + 1) * 160), End = false } });
        Receive(wrong).ShouldBe("3");
    }

    [Theory]
    [InlineData("10000000")] // flash
    [InlineData("FF000000")]
    [InlineData("0500")]
    [InlineData("")]
    public void Receive_WhatIsNoKey_TellsNothing(string hex) => _receiver.Receive(0, true, Convert.FromHexString(hex)).ShouldBeNull();

    [Fact]
    public void Press_WhatIsNoKey_IsRefused() => new TelephoneEventSender(160).Press('x', 800).ShouldBeFalse();
}
