using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Conformance;

/// <summary>What was logged.</summary>
public sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    /// <summary>A line that is written, or is about to be: what ends a leg and what logs it are two threads.</summary>
    public async Task ShouldComeAsync(string line)
    {
        for (var looks = 0; looks < 500 && !_lines.Contains(line); looks++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        _lines.ShouldContain(line);
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));
}
