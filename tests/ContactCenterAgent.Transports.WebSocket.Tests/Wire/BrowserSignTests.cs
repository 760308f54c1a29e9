using System.Text;
using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Wire;

public sealed class BrowserSignTests
{
    [Theory]
    [InlineData("""{"type":"digit","digit":"#"}""", typeof(BrowserSign.Digit))]
    [InlineData("""{"type":"played","frame":7}""", typeof(BrowserSign.Played))]
    [InlineData("""{"type":"hangup"}""", typeof(BrowserSign.HangUp))]
    [InlineData("""{"type":"wave"}""", typeof(BrowserSign.Other))]
    public void Sign_Known_IsRead(string json, Type expected) => Read(json).ShouldBeOfType(expected);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"digit","digit":"12"}""")]
    [InlineData("""{"type":"digit","digit":"x"}""")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public void Sign_Broken_IsNone(string json) => Read(json).ShouldBeNull();

    [Fact]
    public void Words_WithRivals_AreReadTheBestFirst_TheRestByConfidence()
    {
        var words = Read("""{"type":"words","final":true,"readings":[{"text":" half  past\ttwo ","confidence":0.6},{"text":"half past to","confidence":0.1},{"text":"half past too","confidence":0.3},{"text":"half past two"}]}""")
            .ShouldBeOfType<BrowserSign.Words>();

        words.Final.ShouldBeTrue();
        words.Readings.ShouldBe(["half past two", "half past too", "half past to"]);
        words.ToString().ShouldNotContain("half");
    }

    [Theory]
    [InlineData("""{"type":"words"}""")]
    [InlineData("""{"type":"words","final":true}""")]
    [InlineData("""{"type":"words","final":"yes","readings":[{"text":"a"}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[]}""")]
    [InlineData("""{"type":"words","final":true,"readings":["a"]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":7}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":" "}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":"a\u0007b"}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":"a","confidence":1.5}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":"a","confidence":"high"}]}""")]
    [InlineData("""{"type":"words","final":true,"readings":[{"text":"a"},{"text":"b"},{"text":"c"},{"text":"d"},{"text":"e"},{"text":"f"}]}""")]
    public void Words_OutOfTheirBounds_AreRefused(string json) => Read(json).ShouldBe(new BrowserSign.Refused("words"));

    [Theory]
    [InlineData(64, 1, true)]
    [InlineData(65, 1, false)]
    [InlineData(1, 500, true)]
    [InlineData(1, 501, false)]
    public void Words_AreBoundedInLength(int characters, int words, bool read)
    {
        var text = string.Join(' ', Enumerable.Repeat(new string('x', characters), words));
        (Read($$"""{"type":"words","final":false,"readings":[{"text":"{{text}}"}]}""") is BrowserSign.Words).ShouldBe(read);
    }

    [Theory]
    [InlineData("network", true)]
    [InlineData("service-not-allowed", true)]
    [InlineData("", false)]
    [InlineData("Network", false)]
    [InlineData("net work", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Unable_HasAReasonThatIsACode(string reason, bool read) =>
        Read($$"""{"type":"unable","reason":"{{reason}}"}""").ShouldBe(read ? new BrowserSign.Unable(reason) : new BrowserSign.Refused("reason"));

    private static BrowserSign? Read(string json) => BrowserSign.Read(Encoding.UTF8.GetBytes(json));
}
