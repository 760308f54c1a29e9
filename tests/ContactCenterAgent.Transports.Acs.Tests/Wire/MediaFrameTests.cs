using System.Text;
using ContactCenterAgent.Transports.Acs.Wire;

namespace ContactCenterAgent.Transports.Acs.Tests.Wire;

public sealed class MediaFrameTests
{
    private readonly MediaFrame _frame = new();

    [Fact]
    public void Sound_WithEscapedSlashesAndUnknownFields_IsRead()
    {
        Read("""{"audioData":{"x":{"data":"AA"},"data":"\/\/8BAA==","participantRawID":"4:+1","silent":false},"new":[1],"kind":"AudioData"}""").ShouldBeNull();

        _frame.Kind.ShouldBe(MediaKind.AudioData);
        _frame.Participant.ShouldBe("4:+1");
        _frame.Sound.ToArray().ShouldBe(new short[] { -1, 1 });
    }

    [Theory]
    [InlineData("", "json")]
    [InlineData("[1]", "json")]
    [InlineData("""{"kind":"AudioData","audioData":{"data":"AAE="}}""", null)]
    [InlineData("""{"kind":"AudioData","audioData":{"data":"AAEC"}}""", "size")]
    [InlineData("""{"kind":"AudioData","audioData":{"data":"A!AA"}}""", "encoding")]
    public void Message_Broken_IsNamed(string json, string? failure) => Read(json).ShouldBe(failure);

    [Fact]
    public void Message_CutOrChangedAnywhere_NeverThrows()
    {
        var good = Encoding.UTF8.GetBytes("""{"kind":"AudioData","audioData":{"timestamp":"t","participantRawID":"4:\u002b1","data":"AAEAAQ==","silent":false}}""");
        var random = new Random(13);
        for (var i = 0; i < 20_000; i++)
        {
            var bad = good[..random.Next(good.Length + 1)];
            for (var n = random.Next(4); n > 0 && bad.Length > 0; n--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            _frame.Read(bad);
            AcsEvent.ReadAll(bad);
            TranscriptionFrame.Read(bad, TimeSpan.Zero);
        }

        _frame.Read(good).ShouldBeNull();
        _frame.Participant.ShouldBe("4:+1");
    }

    private string? Read(string json) => _frame.Read(Encoding.UTF8.GetBytes(json));
}
