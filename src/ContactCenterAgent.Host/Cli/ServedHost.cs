using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ContactCenterAgent.Host.Console;

namespace ContactCenterAgent.Host.Cli;

/// <summary>This program once more, as <c>serve</c>, in a process of its own: loopback only, ports as they are free, a folder that goes with it. Ended by its id, also when this process dies.</summary>
internal sealed partial class ServedHost : IAsyncDisposable
{
    /// <summary>The shell between us ends the host when its own input ends, and that it does however we go.</summary>
    private const string Shell = """exec 3<&0; "$@" </dev/null & host=$!; echo "host $host"; (read -r _ <&3; kill -9 "$host") >/dev/null 2>&1 & wait "$host" """;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _console = new();
    private readonly Queue<string> _said = new();
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IPEndPoint> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedHost(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>Where phones call.</summary>
    public IPEndPoint Line => _line.Task.Result;

    /// <summary>The last lines that it wrote.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join(Environment.NewLine, _said);
        }
    }

    /// <summary>Where its console is.</summary>
    public Uri Console => _reached.Task.Result;

    /// <summary>Starts it and waits until phones can call it.</summary>
    /// <param name="port">SIP; 0 = any free one.</param>
    /// <param name="calls">That it has to have room for.</param>
    /// <param name="time">A clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It did not come up; the message holds what it said.</exception>
    public static Task<ServedHost> StartAsync(int port, int calls, TimeProvider time, CancellationToken cancellationToken) => StartAsync(Settings(port, calls), phones: true, time, cancellationToken);

    /// <summary>Starts it without phones and waits until its console can be reached.</summary>
    /// <param name="settings">By the names of environment variables.</param>
    /// <param name="time">A clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It did not come up; the message holds what it said.</exception>
    public static Task<ServedHost> StartAsync(IEnumerable<(string Key, string Value)> settings, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(settings.Append(("Lines__Sip__Enabled", "false")), phones: false, time, cancellationToken);

    private static async Task<ServedHost> StartAsync(IEnumerable<(string Key, string Value)> settings, bool phones, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("contactcenteragent-served-");
        var host = new ServedHost(new() { StartInfo = Start(folder.FullName, settings) }, folder);
        try
        {
            host._process.OutputDataReceived += (_, line) => host.Heard(line.Data);
            host._process.ErrorDataReceived += (_, line) => host.Heard(line.Data);
            host._process.Start();
            host._process.BeginOutputReadLine();
            host._process.BeginErrorReadLine();
            var up = phones ? Task.WhenAll(host._id.Task, host._reached.Task, host._line.Task) : Task.WhenAll(host._id.Task, host._reached.Task);
            await Task.WhenAny(up, host._process.WaitForExitAsync(cancellationToken)).WaitAsync(StartMax, time, cancellationToken);
            if (up.IsCompletedSuccessfully) return host;
            throw new IOException($"The host did not come up. It said: {host.Said}");
        }
        catch (TimeoutException late)
        {
            await host.DisposeAsync();
            throw new IOException($"The host did not come up in {StartMax.TotalSeconds:n0} s. It said: {host.Said}", late);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it has open.</summary>
    public async Task<HostFigures> FiguresAsync(CancellationToken cancellationToken) =>
        (await _console.GetFromJsonAsync(new Uri(await _reached.Task, "figures"), FiguresJson.Default.HostFigures, cancellationToken))!;

    /// <summary>What it has used so far: proc_pid_stat(5) and proc_pid_statm(5), its children (a voice's program) apart.</summary>
    public HostUsage Usage() => HostUsage.Of(_id.Task.Result);

    public async ValueTask DisposeAsync()
    {
        _console.Dispose();
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never began.
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static ProcessStartInfo Start(string folder, IEnumerable<(string Key, string Value)> settings)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Shell, "sh", program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // Started as "dotnet X.dll", the program is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(ServedHost).Assembly.Location);
        start.ArgumentList.Add("serve");
        foreach (var (key, value) in settings.Concat(Alone(folder))) start.Environment[key] = value;
        return start;
    }

    private static IEnumerable<(string Key, string Value)> Alone(string folder) =>
        [("Console__Listen", "127.0.0.1"), ("Console__Port", "0"), ("Storage__Folder", folder), ("Telemetry__Level", "Warning"), ("NO_COLOR", "1")];

    private static IEnumerable<(string Key, string Value)> Settings(int port, int calls) =>
    [
        ("Lines__Sip__Enabled", "true"), ("Lines__Sip__Listen", "127.0.0.1"), ("Lines__Sip__Advertise", ""), ("Lines__Sip__CertificateFile", ""),
        ("Lines__Sip__Port", port.ToString(CultureInfo.InvariantCulture)), ("Lines__Sip__Calls", Math.Max(1_000, calls).ToString(CultureInfo.InvariantCulture)),
        // All phones call from one address.
        ("Lines__Sip__MessagesPerSecond", "100000"), ("Operator__Limits__Calls", Math.Max(2_000, calls).ToString(CultureInfo.InvariantCulture)),
    ];

    private void Heard(string? said)
    {
        if (said is null) return;
        if (said.StartsWith("host ", StringComparison.Ordinal) && int.TryParse(said.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) _id.TrySetResult(id);
        if (ConsoleAddress().Match(said) is { Success: true } console && Uri.TryCreate(console.Groups["at"].Value, UriKind.Absolute, out var page)) _reached.TrySetResult(page);
        if (LineAddress().Match(said) is { Success: true } phones && IPEndPoint.TryParse(phones.Groups["at"].Value, out var line)) _line.TrySetResult(line);
        lock (_said)
        {
            _said.Enqueue(said);
            if (_said.Count > 20) _said.Dequeue();
        }
    }

    [GeneratedRegex("^The console: (?<at>http://\\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ConsoleAddress();

    [GeneratedRegex("^Phones: dial sip:agent@(?<at>[0-9.:]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LineAddress();
}

/// <summary>What a process has used.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="ChildrenCpu">Of its children that have ended.</param>
/// <param name="ResidentBytes">Memory that is really there.</param>
internal readonly record struct HostUsage(TimeSpan Cpu, TimeSpan ChildrenCpu, long ResidentBytes)
{
    // sysconf(_SC_CLK_TCK) is 100 on every Linux that .NET runs on.
    private const double TicksASecond = 100;

    public static HostUsage Of(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // Behind the program's name, which may hold anything, stands field 3.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var pages = long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
        return new(Ticks(fields[11]) + Ticks(fields[12]), Ticks(fields[13]) + Ticks(fields[14]), pages * Environment.SystemPageSize);
    }

    private static TimeSpan Ticks(string field) => TimeSpan.FromSeconds(long.Parse(field, CultureInfo.InvariantCulture) / TicksASecond);
}
