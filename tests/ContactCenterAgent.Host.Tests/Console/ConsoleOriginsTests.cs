using ContactCenterAgent.Host.Console;

namespace ContactCenterAgent.Host.Tests.Console;

public sealed class ConsoleOriginsTests
{
    private readonly ConsoleOrigins _origins = new(new() { Listen = "192.0.2.7", Origins = ["https://console.example.org"] });

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("https://console.example.org")]
    public void Origin_OfTheConsole_MayOpenACall(string origin) => _origins.Allows(origin, 5080).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://rebound.example.net:5080")]
    [InlineData("http://console.example.org")]
    [InlineData("https://console.example.org.evil.example")]
    public void Origin_OfAnotherPage_MayNot(string? origin) => _origins.Allows(origin, 5080).ShouldBeFalse();
}
