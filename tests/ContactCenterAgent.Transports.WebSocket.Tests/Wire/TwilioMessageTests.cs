using System.Text;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Wire;

public sealed class TwilioMessageTests
{
    private readonly TwilioMessage _message = new();

    [Fact]
    public void Media_WithEscapedSlashesAndFieldsInAnyOrder_IsRead()
    {
        Read("""{"media":{"payload":"\/\/8A","track":"inbound","later":{"x":[1,{"payload":"no"}]}},"new":[1],"event":"media"}""").ShouldBeNull();

        _message.Event.ShouldBe(TwilioEvent.Media);
        _message.IsInbound.ShouldBeTrue();
        _message.Sound.ToArray().ShouldBe(new byte[] { 0xff, 0xff, 0x00 });
    }

    [Theory]
    [InlineData("", "json")]
    [InlineData("[]", "json")]
    [InlineData("""{"event":"media","media":{"payload":"AA""", "json")]
    [InlineData("""{"event":"media","media":"x"}""", "json")]
    [InlineData("""{"event":"media","media":{"payload":"A!A="}}""", "encoding")]
    [InlineData("""{"event":"dtmf","dtmf":{"digit":"12"}}""", "digit")]
    [InlineData("""{"event":"start","start":{"streamSid":"MZ\"1","callSid":"CA1"}}""", "start")]
    [InlineData("""{"event":"start","start":{"streamSid":"MZ1","callSid":"CA1"}}""", "start")]
    public void Message_Broken_IsNamed(string json, string failure) => Read(json).ShouldBe(failure);

    [Fact]
    public void Sound_LongerThanHalfASecond_IsRefused() =>
        Read("{\"event\":\"media\",\"media\":{\"payload\":\"" + Convert.ToBase64String(new byte[4_001]) + "\"}}").ShouldBe("size");

    [Fact]
    public void Message_Unknown_IsPassedOver()
    {
        Read("""{"event":"weather","weather":{"payload":"AA=="}}""").ShouldBeNull();
        _message.Event.ShouldBe(TwilioEvent.Other);
    }

    [Fact]
    public void Message_CutOrChangedAnywhere_NeverThrows()
    {
        var good = Encoding.UTF8.GetBytes("""{"event":"start","streamSid":"MZ1","start":{"streamSid":"MZ1","callSid":"CA1","mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"a":"\u0041"}}}""");
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var bad = good[..random.Next(good.Length + 1)];
            for (var n = random.Next(4); n > 0 && bad.Length > 0; n--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            _message.Read(bad);
        }

        _message.Read(good).ShouldBeNull();
        _message.Start!.Parameters["a"].ShouldBe("A");
    }

    private string? Read(string json) => _message.Read(Encoding.UTF8.GetBytes(json));
}
