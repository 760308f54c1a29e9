namespace ContactCenterAgent.Transports.WebSocket.Browser;

/// <summary>Who makes words of what a page's caller says.</summary>
public enum PageRecogniser
{
    /// <summary>The host's recognisers, as for every other line.</summary>
    Configured,

    /// <summary>The page's own browser, by the Web Speech API; the host's recognisers where it cannot. The browser may send the voice to its maker, and the page says so before the call.</summary>
    Browser,
}
