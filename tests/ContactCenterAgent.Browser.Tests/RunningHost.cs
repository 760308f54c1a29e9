using ContactCenterAgent.Host;
using Microsoft.Extensions.Configuration;

namespace ContactCenterAgent.Browser.Tests;

/// <summary>The real host on a free port.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Server _server;
    private readonly Task _serving;

    private RunningHost(Server server, CancellationTokenSource stop) => (_server, _stop, _serving) = (server, stop, server.RunAsync(stop.Token));

    /// <summary>Where the console is.</summary>
    public string Address => _server.Address.ToString();

    /// <param name="folder">What it stores.</param>
    /// <param name="settings">Beside the usual ones.</param>
    public static async Task<RunningHost> StartAsync(string folder, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Console:Port"] = "0",
            ["Lines:Sip:Port"] = "0",
            ["Storage:Folder"] = folder,
            ["Operator:DrainMax"] = "00:00:02",
            ["Telemetry:Level"] = "Warning",
        };
        foreach (var (key, value) in settings) all[key] = value;
        var stop = new CancellationTokenSource();
        return new(await Server.StartAsync(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), stop.Token), stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        await _server.DisposeAsync();
        _stop.Dispose();
    }
}
