using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Conformance;
using ContactCenterAgent.Media.Clock;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Transports.AudioSocket.Tests;

public sealed class AudioSocketConformanceTests : TransportConformance
{
    private AudioSocketLine? _line;

    protected override bool Clears => false;

    protected override string SpoiltReason => "frame.size";

    protected override Task<IAudioLine> OpenAsync(MediaClock clock, ILogger log)
    {
        _line = AudioSocketLine.Open("pbx", new() { Port = 0 }, clock, TimeProvider.System, log);
        return Task.FromResult<IAudioLine>(_line);
    }

    protected override async Task CloseAsync() => await _line!.DisposeAsync();

    protected override async Task<IFarEnd> DialAsync() => await Asterisk.CallAsync(_line!.Address, Guid.NewGuid());
}
