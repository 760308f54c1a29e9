using ContactCenterAgent.Transports.WebSocket.Wire;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Wire;

public sealed class TwilioSignatureTests
{
    /// <summary>The worked example of Twilio's documentation ("Secure webhooks").</summary>
    [Fact]
    public void Form_OfTheDocumentation_HasItsSignature()
    {
        var form = new Dictionary<string, string>
        {
            ["CallSid"] = "CA1234567890ABCDE",
            ["Caller"] = "+14158675309",
            ["Digits"] = "1234",
            ["From"] = "+14158675309",
            ["To"] = "+18005551212",
        };

        TwilioSignature.Of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form).ShouldBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        TwilioSignature.IsValid("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ShouldBeTrue();
        TwilioSignature.IsValid("12346", "https://mycompany.com/myapp.php?foo=1&bar=2", form, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ShouldBeFalse();
    }
}
