using ContactCenterAgent.Media.Rtp;

namespace ContactCenterAgent.Media.Tests.Rtp;

public sealed class RtpPacketTests
{
    private static readonly byte[] Plain = [0x80, 0x88, 0x12, 0x34, 0x00, 0x00, 0x00, 0xA0, 0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4];

    [Fact]
    public void TryRead_PlainPacket_GivesHeaderAndPayload()
    {
        RtpPacket.TryRead(Plain, out var packet).ShouldBeTrue();
        packet.Header.ShouldBe(new RtpHeader(8, true, 0x1234, 160, 0xDEADBEEF));
        packet.Payload.ToArray().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Write_ThenTryRead_IsTheSame()
    {
        var bytes = new byte[14];
        var header = new RtpHeader(101, false, 65535, uint.MaxValue, 7);
        header.Write(bytes);
        RtpPacket.TryRead(bytes, out var packet).ShouldBeTrue();
        packet.Header.ShouldBe(header);
        packet.Payload.Length.ShouldBe(2);
    }

    [Fact]
    public void TryRead_SourcesExtensionAndPadding_AreNoPayload()
    {
        byte[] datagram =
        [
            0xB2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,
            0, 0, 0, 4, 0, 0, 0, 5,
            0xBE, 0xDE, 0, 1, 9, 9, 9, 9,
            42, 43, 0, 0, 3,
        ];
        RtpPacket.TryRead(datagram, out var packet).ShouldBeTrue();
        packet.ContributingSources.ShouldBe(2);
        packet.ExtensionProfile.ShouldBe((ushort)0xBEDE);
        packet.Extension.ToArray().ShouldBe([9, 9, 9, 9]);
        packet.Payload.ToArray().ShouldBe([42, 43]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8000000100000002000000")] // eleven bytes
    [InlineData("400000010000000200000003")] // version 1
    [InlineData("8F0000010000000200000003")] // fifteen sources, none there
    [InlineData("90000001000000020000000300")] // an extension cut short
    [InlineData("90000001000000020000000300000001")] // an extension longer than the datagram
    [InlineData("A00000010000000200000003FF")] // more padding than payload
    [InlineData("A0000001000000020000000300")] // padding of nothing
    [InlineData("80C800010000000200000003")] // RTCP
    public void TryRead_WhatCannotBe_IsRefused(string hex) => RtpPacket.TryRead(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void TryRead_AnyBytes_NeverThrows()
    {
        var random = new Random(4711);
        var bytes = new byte[64];
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(0x80 | (bytes[0] & 0x3F));
            var length = random.Next(bytes.Length + 1);
            if (RtpPacket.TryRead(bytes.AsSpan(0, length), out var packet)) (packet.Payload.Length + RtpHeader.Bytes).ShouldBeLessThanOrEqualTo(length);
        }
    }
}
