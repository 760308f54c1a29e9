using ContactCenterAgent.Transports.AudioSocket.Wire;

namespace ContactCenterAgent.Transports.AudioSocket.Tests.Wire;

public sealed class AudioSocketFrameTests
{
    [Fact]
    public void Sound_Written_HasTypeLengthInNetworkOrderAndLittleEndianSamples()
    {
        var bytes = new byte[16];

        AudioSocketFrame.WriteSound(AudioSocketKind.Slin8, [1, -2, 0x1234], bytes).ShouldBe(9);

        bytes[..9].ShouldBe(new byte[] { 0x10, 0x00, 0x06, 0x01, 0x00, 0xfe, 0xff, 0x34, 0x12 });
    }

    [Fact]
    public void Id_Read_StandsInTheOrderOfItsText()
    {
        byte[] bytes = [0x01, 0x00, 0x10, .. Convert.FromHexString("40325EC25EFD4BD3805F53576E581D13")];

        AudioSocketFrame.Read(bytes, out var frame).ShouldBe(19);

        frame.Id.ShouldBe(Guid.Parse("40325ec2-5efd-4bd3-805f-53576e581d13"));
    }

    [Fact]
    public void Frame_NotWhole_IsWaitedFor()
    {
        byte[] bytes = [0x03, 0x00, 0x01, (byte)'5'];
        for (var length = 0; length < bytes.Length; length++) AudioSocketFrame.Read(bytes.AsSpan(0, length), out _).ShouldBe(0);
        AudioSocketFrame.Read(bytes, out _).ShouldBe(4);
    }

    [Fact]
    public void Bytes_AtRandom_AreAFrameOrNot()
    {
        var random = new Random(7);
        var bytes = new byte[8_192];
        for (var i = 0; i < 20_000; i++)
        {
            var piece = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(piece[..Math.Min(8, piece.Length)]);
            var length = AudioSocketFrame.Read(piece, out var frame);
            length.ShouldBeInRange(-1, piece.Length);
            if (length > 0) frame.Payload.Length.ShouldBe(length - AudioSocketFrame.HeaderBytes);
        }
    }
}
