using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Conformance.WebSockets;
using ContactCenterAgent.Media.Audio;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.WebSocket.Tests.Twilio;

#pragma warning disable CA1001 // The suite closes what it opened.
public sealed class TwilioConformanceTests : TransportConformance
#pragma warning restore CA1001
{
    private readonly HttpClient _http = new();
    private TwilioLine? _line;
    private WebHost? _host;

    protected override string SpoiltReason => "frame.encoding";

    protected override async Task<IAudioLine> OpenAsync(MediaClock clock, ILogger log)
    {
        _line = new("carrier", Carrier.Options, _http, clock, TimeProvider.System, log);
        _host = await WebHost.StartAsync(_line.Map);
        return _line;
    }

    protected override async Task CloseAsync()
    {
        await _line!.DisposeAsync();
        await _host!.DisposeAsync();
        _http.Dispose();
    }

    protected override async Task<IFarEnd> DialAsync() => await Carrier.CallAsync(_host!);

    protected override short Carried(short sample)
    {
        Span<byte> law = stackalloc byte[1];
        Span<short> back = stackalloc short[1];
        G711.Encode(G711Law.Mu, [sample], law);
        G711.Decode(G711Law.Mu, law, back);
        return back[0];
    }
}
