using ContactCenterAgent.Host.Console;
using ContactCenterAgent.Transports.WebSocket.Browser;

namespace ContactCenterAgent.Host.Phone;

/// <summary>The page that calls the browser line: at the line's own path, its sound's part below it.</summary>
internal static class PhonePage
{
    private static readonly EmbeddedPage Page = new("phone.html", modules: true);
    private static readonly string Worklet = EmbeddedPage.Read("phone-worklet.js");

    /// <summary>Adds the line with its page.</summary>
    public static void Map(IEndpointRouteBuilder routes, BrowserLine line)
    {
        line.Map(routes, Page.WriteAsync);
        routes.MapGet(line.Path + "/worklet.js", context => EmbeddedPage.WriteAsync(context, Worklet, "text/javascript; charset=utf-8"));
    }
}
