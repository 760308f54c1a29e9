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

    private static BrowserSign? Read(string json) => BrowserSign.Read(Encoding.UTF8.GetBytes(json));
}
