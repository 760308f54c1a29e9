using System.Diagnostics.Metrics;
using System.Threading.Channels;
using ContactCenterAgent.Llm;

namespace ContactCenterAgent.Host.Tests.Imports;

/// <summary>The states that a source of tools comes to, as its meter counts them.</summary>
internal sealed class SourceStates : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Channel<string> _states = Channel.CreateUnbounded<string>();

    public SourceStates(string source)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LlmMetrics.Name && instrument.Name == "tools.source_changes") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var said = tags.ToArray().ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
            if (source.Equals(said["source"])) _states.Writer.TryWrite((string)said["state"]!);
        });
        _listener.Start();
    }

    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        return await _states.Reader.ReadAsync(limit.Token);
    }

    public void Dispose() => _listener.Dispose();
}
