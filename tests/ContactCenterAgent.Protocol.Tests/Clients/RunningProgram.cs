using System.Diagnostics;
using System.Threading.Channels;

namespace ContactCenterAgent.Protocol.Tests.Clients;

/// <summary>A program that runs beside a test, its lines as they come. Killed when the test is over.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly List<string> _seen = [];
    private bool _ended;

    private RunningProgram(Process process) => (_process, _reading) = (process, Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError)));

    /// <summary>Everything said so far.</summary>
    internal string Said
    {
        get
        {
            lock (_seen) return string.Join('\n', _seen);
        }
    }

    internal static RunningProgram Start(string folder, string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        return new(Process.Start(start)!);
    }

    internal async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    internal Task TellBytesAsync(byte[] bytes) => _process.StandardInput.BaseStream.WriteAsync(bytes).AsTask();

    /// <summary>The next line that begins with a word; those before it are passed over.</summary>
    internal async Task<string> HearAsync(string beginning)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new TimeoutException($"'{beginning}' was never said. What was:\n{Said}");
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_seen) _seen.Add(line);
            _lines.Writer.TryWrite(line);
        }
    }
}
