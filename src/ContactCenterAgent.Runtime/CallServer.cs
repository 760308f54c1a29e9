using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Runtime;

/// <summary>Takes calls from lines until it is stopped, then lets the calls that are up come to their end.</summary>
public sealed partial class CallServer(CallHost host)
{
    private readonly ILogger _log = host.Services.Loggers.CreateLogger("ContactCenterAgent.Server");
    private int _active;

    /// <summary>Calls that are up.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Serves lines.</summary>
    /// <param name="lines">Each is listened to at once; one that fails is logged and costs the others nothing.</param>
    /// <param name="stopAccepting">Take no new calls; those that are up go on to their end.</param>
    /// <param name="stopNow">The calls that are up count as lost; what was authorised finishes.</param>
    /// <returns>When no line accepts any more and every call has ended.</returns>
    public async Task RunAsync(IReadOnlyList<ICallLine> lines, CancellationToken stopAccepting, CancellationToken stopNow)
    {
        using var accepting = CancellationTokenSource.CreateLinkedTokenSource(stopAccepting, stopNow);
        var calls = new List<Task>();
        var accepts = lines.Select(line => AcceptAsync(line, calls, accepting.Token, stopNow)).ToList();
        await Task.WhenAll(accepts);
        while (true)
        {
            Task[] left;
            lock (calls) left = [.. calls.Where(c => !c.IsCompleted)];
            if (left.Length == 0) return;
            await Task.WhenAll(left);
        }
    }

    private async Task AcceptAsync(ICallLine line, List<Task> calls, CancellationToken accepting, CancellationToken stopNow)
    {
        try
        {
            await foreach (var transport in line.AcceptAsync(accepting))
            {
                if (Interlocked.Increment(ref _active) > host.Services.Options.Calls)
                {
                    Interlocked.Decrement(ref _active);
                    CallMetrics.CallsTurnedAway.Add(1);
                    LogTurnedAway(line.Name, host.Services.Options.Calls);
                    await transport.HangUpAsync(accepting);
                    await transport.DisposeAsync();
                    continue;
                }

                lock (calls)
                {
                    calls.RemoveAll(c => c.IsCompleted);
                    calls.Add(TakeAsync(transport, stopNow));
                }
            }
        }
        catch (OperationCanceledException) when (accepting.IsCancellationRequested)
        {
            // Told to take no more.
        }
#pragma warning disable CA1031 // A line that fails is closed and named; the calls of the others go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogLineFailed(line.Name, fault.GetType().Name);
        }
    }

    private async Task TakeAsync(ICallTransport transport, CancellationToken stopNow)
    {
        try
        {
            await host.RunAsync(transport, stopNow);
        }
#pragma warning disable CA1031 // A call that cannot even be closed costs itself only.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogCallFailed(transport.Line, fault.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    [LoggerMessage(80, LogLevel.Warning, "line.turned_away {Line}: {Limit} calls are up")]
    private partial void LogTurnedAway(string line, int limit);

    [LoggerMessage(81, LogLevel.Error, "line.failed {Line}: {Fault}; it takes no more calls")]
    private partial void LogLineFailed(string line, string fault);

    [LoggerMessage(82, LogLevel.Error, "call.failed on {Line}: {Fault}")]
    private partial void LogCallFailed(string line, string fault);
}
