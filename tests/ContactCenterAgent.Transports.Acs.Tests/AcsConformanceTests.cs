using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.Azure;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Media.Clock;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.Acs.Tests;

#pragma warning disable CA1001 // The suite closes what it opened.
public sealed class AcsConformanceTests : TransportConformance
#pragma warning restore CA1001
{
    private readonly FakeAzure _azure = new();
    private AcsLine? _line;
    private WebHost? _host;

    protected override string SpoiltReason => "frame.size";

    protected override async Task<IAudioLine> OpenAsync(MediaClock clock, ILogger log)
    {
        var options = FakeAzure.Options;
        options.SilentAfter = TimeSpan.FromSeconds(5);
        _line = new("azure", options, _azure, _azure.Keys, clock, TimeProvider.System, log);
        _host = await WebHost.StartAsync(_line.Map);
        _azure.Line = _host.Address;
        return _line;
    }

    protected override async Task CloseAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        _azure.Dispose();
    }

    protected override async Task<IFarEnd> DialAsync() => await _azure.RingAsync();
}
