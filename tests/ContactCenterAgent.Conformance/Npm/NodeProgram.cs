using System.Diagnostics;
using System.Text.Json;

namespace ContactCenterAgent.Conformance.Npm;

/// <summary>One of the scripts beside this file, running in Node: answers one request after the other.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _node;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _asked;

    private NodeProgram(Process node) => _node = node;

    /// <summary>Where the npm packages are: the setting <c>CONTACTCENTER_NPM</c>, else <c>artifacts/npm/node_modules</c> above the tests; null = nowhere, or there is no Node.</summary>
    public static string? Modules { get; } = FindModules();

    /// <summary>Starts a script.</summary>
    public static NodeProgram Start(string script)
    {
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "npm", script));
        start.Environment["NODE_PATH"] = Modules;
        return new(Process.Start(start)!);
    }

    /// <summary>Asks.</summary>
    /// <param name="ask">What the script is to do.</param>
    /// <param name="arguments">An object whose properties go along.</param>
    /// <exception cref="NodeFaultException">The script's answer is a fault.</exception>
    public async Task<JsonElement> AskAsync(string ask, object? arguments = null)
    {
        var request = JsonSerializer.SerializeToNode(arguments ?? new object())!.AsObject();
        request["ask"] = ask;
        await _turn.WaitAsync();
        try
        {
            request["id"] = ++_asked;
            await _node.StandardInput.WriteLineAsync(request.ToJsonString());
            var line = await _node.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System) ?? throw new InvalidOperationException($"Node left at {ask}.");
            using var answer = JsonDocument.Parse(line);
            answer.RootElement.GetProperty("id").GetInt32().ShouldBe(_asked);
            if (!answer.RootElement.TryGetProperty("fault", out var fault)) return answer.RootElement.GetProperty("value").Clone();
            throw new NodeFaultException(fault.GetProperty("message").GetString()!, fault.GetProperty("status").GetInt32(), fault.GetProperty("code").GetString()!);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        _node.Dispose();
        _turn.Dispose();
    }

    private static string? FindModules()
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).All(folder => !File.Exists(Path.Combine(folder, "node")))) return null;
        if (Environment.GetEnvironmentVariable("CONTACTCENTER_NPM") is { Length: > 0 } set) return set;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var modules = Path.Combine(folder.FullName, "artifacts", "npm", "node_modules");
            if (Directory.Exists(modules)) return modules;
        }

        return null;
    }
}

/// <summary>A client's own fault.</summary>
internal sealed class NodeFaultException(string message, int status, string code) : Exception(message)
{
    /// <summary>HTTP status; 0 = none.</summary>
    public int Status { get; } = status;

    /// <summary>The service's code; empty = none.</summary>
    public string Code { get; } = code;
}
