using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Browser;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Browser;

#pragma warning disable CA1001 // The suite closes what it opened.
public sealed class BrowserConformanceTests : TransportConformance
#pragma warning restore CA1001
{
    private BrowserLine? _line;
    private WebHost? _host;

    protected override string SpoiltReason => "frame.size";

    protected override async Task<IAudioLine> OpenAsync(MediaClock clock, ILogger log)
    {
        _line = new("page", new(), clock, TimeProvider.System, log);
        _host = await WebHost.StartAsync(routes => _line.Map(routes));
        return _line;
    }

    protected override async Task CloseAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
    }

    protected override async Task<IFarEnd> DialAsync() => await Page.CallAsync(_host!, _line!.IssueTicket());
}
