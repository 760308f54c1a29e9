using System.Buffers.Binary;
using ContactCenterAgent.Media.Rtp;
using ContactCenterAgent.Media.Srtp;

namespace ContactCenterAgent.Media.Tests.Srtp;

/// <summary>Against the vectors of RFC 3711 appendix B and the reference packets of libsrtp's own test driver.</summary>
public sealed class SrtpTests : IDisposable
{
    private static readonly SrtpKey Reference = Key("E1F97A0D3E018BE0D64FA32C06DE4139" + "0EC675AD498AFEEBB6960B3AABE6");
    private readonly SrtpSender _sender = new(SrtpSuite.AesCm128HmacSha1Tag80, Reference);
    private readonly SrtpReceiver _receiver = new(SrtpSuite.AesCm128HmacSha1Tag80, Reference);

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    private static SrtpKey Key(string hex)
    {
        SrtpKey.TryParse(Convert.ToBase64String(Convert.FromHexString(hex)), out var key).ShouldBeTrue();
        return key!;
    }

    private byte[] Protected(int sequence, uint ssrc = 0xCAFEBABE)
    {
        var packet = new byte[RtpHeader.Bytes + 160 + SrtpSender.RtpOverhead];
        new RtpHeader(0, false, (ushort)sequence, 7, ssrc).Write(packet);
        packet.AsSpan(12, 160).Fill((byte)sequence);
        return packet[.._sender.Protect(packet, 172)];
    }

    private bool Opens(byte[] packet)
    {
        var copy = packet.ToArray();
        var length = _receiver.Unprotect(copy);
        if (length == 0) return false;
        copy.AsSpan(12, 160).ToArray().ShouldAllBe(b => b == copy[3]);
        return true;
    }

    [Theory]
    [InlineData(0, 16, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(2, 14, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(1, 20, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    public void Derive_TheRfcsMasterKey_GivesTheRfcsSessionKeys(byte label, int length, string expected)
    {
        using var master = SessionKeys.Cipher(Reference.Key.ToArray());
        Convert.ToHexString(SessionKeys.Derive(master, Reference.Salt, label, length)).ShouldBe(expected);
    }

    [Fact]
    public void Protect_LibsrtpsPacket_GivesLibsrtpsCiphertext()
    {
        var packet = new byte[38];
        Convert.FromHexString("800f1234decafbadcafebabeabababababababababababababababab").CopyTo(packet, 0);
        _sender.Protect(packet, 28).ShouldBe(38);
        Convert.ToHexStringLower(packet).ShouldBe("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        _receiver.Unprotect(packet).ShouldBe(28);
        Convert.ToHexStringLower(packet.AsSpan(0, 28)).ShouldBe("800f1234decafbadcafebabeabababababababababababababababab");
    }

    [Fact]
    public void ProtectRtcp_LibsrtpsPacket_GivesLibsrtpsCiphertext()
    {
        var packet = new byte[38];
        Convert.FromHexString("81c8000bcafebabeabababababababababababababababab").CopyTo(packet, 0);
        _sender.ProtectRtcp(packet, 24).ShouldBe(38);
        Convert.ToHexStringLower(packet).ShouldBe("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        _receiver.UnprotectRtcp(packet).ShouldBe(24);
        Convert.ToHexStringLower(packet.AsSpan(0, 24)).ShouldBe("81c8000bcafebabeabababababababababababababababab");
        _receiver.UnprotectRtcp(Convert.FromHexString("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798")).ShouldBe(0);
        _receiver.Replayed.ShouldBe(1);
    }

    [Fact]
    public void Unprotect_OverManyWraps_FollowsTheRollOverCounter()
    {
        for (var i = 65_000; i < 200_000; i += 97) Opens(Protected(i)).ShouldBeTrue($"packet {i}");
    }

    [Fact]
    public void Unprotect_OverTheWrapOutOfOrder_Opens()
    {
        var packets = Enumerable.Range(65_530, 12).Select(i => Protected(i)).ToList();
        foreach (var i in new[] { 0, 3, 1, 7, 5, 6, 2, 4, 9, 8, 11, 10 }) Opens(packets[i]).ShouldBeTrue($"packet {i}");
    }

    [Fact]
    public void Unprotect_APacketThatCameBefore_IsRefused()
    {
        var packet = Protected(5);
        Opens(packet).ShouldBeTrue();
        Opens(packet).ShouldBeFalse();
        for (var i = 6; i < 100; i++) Opens(Protected(i)).ShouldBeTrue();
        Opens(packet).ShouldBeFalse();
        _receiver.Replayed.ShouldBe(2);
    }

    [Fact]
    public void Unprotect_AnyByteChanged_IsRefused_AndChangesNothing()
    {
        var packet = Protected(5);
        for (var i = 0; i < packet.Length; i++)
        {
            var forged = packet.ToArray();
            forged[i] ^= 0x40;
            Opens(forged).ShouldBeFalse($"byte {i}");
        }

        for (var length = 0; length < packet.Length; length++) Opens(packet[..length]).ShouldBeFalse($"length {length}");
        Opens(packet).ShouldBeTrue();
        _receiver.Replayed.ShouldBe(0);
    }

    [Fact]
    public void Unprotect_TwoSources_HaveTheirOwnWindows()
    {
        Opens(Protected(40_000, 1)).ShouldBeTrue();
        using var other = new SrtpSender(SrtpSuite.AesCm128HmacSha1Tag80, Reference);
        var packet = new byte[182];
        new RtpHeader(0, false, 3, 7, 2).Write(packet);
        packet.AsSpan(12, 160).Fill(3);
        other.Protect(packet, 172);
        Opens(packet).ShouldBeTrue();
        Opens(Protected(40_001, 1)).ShouldBeTrue();
        Opens(packet).ShouldBeFalse();
    }

    [Fact]
    public void Tag32_IsFourBytesOnRtpAndTenOnRtcp()
    {
        using var sender = new SrtpSender(SrtpSuite.AesCm128HmacSha1Tag32, Reference);
        using var receiver = new SrtpReceiver(SrtpSuite.AesCm128HmacSha1Tag32, Reference);
        var packet = new byte[64];
        new RtpHeader(8, false, 1, 0, 9).Write(packet);
        sender.Protect(packet, 40).ShouldBe(44);
        receiver.Unprotect(packet.AsSpan(0, 44)).ShouldBe(40);
        packet.AsSpan().Clear();
        sender.ProtectRtcp(packet, 40).ShouldBe(54);
        receiver.UnprotectRtcp(packet.AsSpan(0, 54)).ShouldBe(40);
    }

    [Theory]
    [InlineData("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", true)]
    [InlineData("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20", true)]
    [InlineData("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4", false)]
    [InlineData("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSo", false)]
    [InlineData("", false)]
    [InlineData("!!", false)]
    public void TryParse_AnInlineKey_TakesKeysOfThirtyBytesWithoutMki(string inline, bool taken) =>
        SrtpKey.TryParse(inline, out _).ShouldBe(taken);

    [Fact]
    public void Key_Printed_IsRedacted()
    {
        var key = SrtpKey.Create();
        $"{key}".ShouldBe("[redacted]");
        SrtpKey.TryParse(key.Inline, out _).ShouldBeTrue();
    }

    [Fact]
    public void ProtectAndUnprotect_AllocateNothing()
    {
        var packet = new byte[182];
        var (sequence, opened) = (0, 0);
        Sounds.Allocated(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                new RtpHeader(0, false, (ushort)sequence++, 7, 1).Write(packet);
                if (_receiver.Unprotect(packet.AsSpan(0, _sender.Protect(packet, 172))) == 172) opened++;
            }
        }).ShouldBe(0);
        opened.ShouldBe(1500);
    }
}
