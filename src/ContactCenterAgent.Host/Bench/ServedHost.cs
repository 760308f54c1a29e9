using System.Diagnostics;
using System.Net.WebSockets;

namespace ContactCenterAgent.Host.Bench;

/// <summary>The host as people start it: <c>serve</c> in a process of its own, with a store that goes with it.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    private const string Says = "The console: ";
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("contactcenteragent-served-").FullName;
    private readonly Process _process;

    private ServedHost(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var library = typeof(ServedHost).Assembly.Location;
        var program = Path.ChangeExtension(library, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = File.Exists(program) ? new ProcessStartInfo(program, ["serve"]) : new ProcessStartInfo("dotnet", [library, "serve"]);
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["Storage__Folder"] = Path.Combine(_folder, "var");
        start.Environment["Console__Port"] = "0";
        start.Environment["Lines__Sip__Enabled"] = "false";
        start.Environment["Telemetry__Level"] = "Warning";
        _process = Process.Start(start)!;
    }

    /// <summary>Where its console is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it, and waits until it can be called.</summary>
    /// <param name="settings">Become its environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It did not start; the message is its own.</exception>
    public static async Task<ServedHost> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var host = new ServedHost(settings);
        using var limit = new CancellationTokenSource(StartMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (await host._process.StandardOutput.ReadLineAsync(either.Token) is { } line)
        {
            if (!line.StartsWith(Says, StringComparison.Ordinal)) continue;
            host.Address = new(line[Says.Length..].Split(' ')[0]);
            return host;
        }

        var why = await host._process.StandardError.ReadToEndAsync(either.Token);
        await host.DisposeAsync();
        throw new IOException($"The host did not start: {why}");
    }

    /// <summary>A caller's socket to its typed line.</summary>
    public async Task<ClientWebSocket> CallAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{Address.Authority}/call"), cancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
