using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Host.Phone;

/// <summary>The page that calls the browser line: at the line's own path, its sound's part below it.</summary>
internal static class PhonePage
{
    /// <summary>What the caller agrees to where the host's recognisers listen.</summary>
    private const string Consent =
        "You talk to a machine. While the call lasts your microphone is on, what you say is sent to this service and understood there, and it may be kept with the record of the call.";

    /// <summary>The same where the page's browser recognises. By its mark the page's script knows that the caller has read this.</summary>
    private const string BrowserConsent =
        "You talk to a machine. While the call lasts your microphone is on. "
        + "<strong id=\"maker\">Your own browser makes words of what you say, and for that it may send your voice to the company that makes the browser.</strong> "
        + "Your voice and those words are sent to this service as well, and may be kept with the record of the call.";

    private static readonly string Worklet = EmbeddedPage.Read("phone-worklet.js");

    /// <summary>Adds the line with its page.</summary>
    public static void Map(IEndpointRouteBuilder routes, BrowserLine line)
    {
        var page = new EmbeddedPage("phone.html", modules: true, ("consent", line.Recogniser == PageRecogniser.Browser ? BrowserConsent : Consent));
        line.Map(routes, page.WriteAsync);
        routes.MapGet(line.Path + "/worklet.js", context => EmbeddedPage.WriteAsync(context, Worklet, "text/javascript; charset=utf-8"));
    }
}
