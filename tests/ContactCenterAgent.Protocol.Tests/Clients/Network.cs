using System.Diagnostics;
using System.Text.Json;

namespace ContactCenterAgent.Protocol.Tests.Clients;

/// <summary>A network namespace of one test, with nothing in it but a loopback and 198.18.0.1: whatever a client sends stays there.</summary>
public sealed class Network : IAsyncLifetime
{
    private readonly string _name = $"sip{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";
    private static int _count;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("protocol-").FullName;

    internal static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Find("ip") is not null;

    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (!IsPossible) return;
        await IpAsync("netns", "add", _name);
        await IpAsync("-n", _name, "link", "set", "lo", "up");
        await IpAsync("-n", _name, "addr", "add", "198.18.0.1/32", "dev", "lo");
        await IpAsync("-n", _name, "route", "add", "default", "dev", "lo");
    }

    public async Task DisposeAsync()
    {
        if (IsPossible) await IpAsync("netns", "del", _name);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts a program inside.</summary>
    internal RunningProgram Start(string program, params IEnumerable<string> arguments) =>
        RunningProgram.Start(Folder, "ip", ["netns", "exec", _name, program, .. arguments]);

    /// <summary>Runs a program inside to its end.</summary>
    internal async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var running = Start(program, arguments);
        (await running.EndAsync()).ShouldBe(0, running.Said);
        return running.Said;
    }

    /// <summary>Starts our own line inside, and waits until it is ready.</summary>
    internal async Task<RunningProgram> LineAsync(LineOrders orders)
    {
        var line = Start("dotnet", typeof(LineProgram).Assembly.Location, JsonSerializer.Serialize(orders));
        await line.HearAsync("ready");
        return line;
    }

    internal static string Scenario(string name) => Path.Combine(AppContext.BaseDirectory, "Scenarios", name);

    private static async Task IpAsync(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await process.StandardError.ReadToEndAsync());
    }
}

/// <summary>A test that needs real clients, and root for a network of its own; without them it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(params string[] programs)
    {
        var missing = programs.Where(p => Network.Find(p) is null).ToList();
        if (!Network.IsPossible) Skip = "A network namespace is needed: Linux, root and iproute2 (apt-get install iproute2).";
        else if (missing.Count > 0) Skip = $"Missing: {string.Join(", ", missing)} (apt-get install sip-tester baresip-core kamailio kamailio-tls-modules tshark).";
    }
}
