using System.Text.Json;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Transports.Sip;
using Microsoft.Extensions.Logging;

namespace ContactCenterAgent.Protocol.Tests;

/// <summary>What the program is to do.</summary>
internal sealed record LineOrders
{
    public SipOptions Options { get; init; } = new();

    /// <summary>Between a call's arrival and our answer; null = never.</summary>
    public int? AnswerAfterMilliseconds { get; init; } = 0;

    /// <summary>File of 16-bit samples that every caller hears from the first frame on; null = silence.</summary>
    public string? Play { get; init; }

    /// <summary>Folder that gets what callers said, 16-bit samples, <c>1.raw</c>, <c>2.raw</c> ...; null = nothing is kept.</summary>
    public string? Record { get; init; }
}

/// <summary>
/// This assembly as a process of its own: a SIP line that answers. It runs inside a network namespace, so that its clients do too. One fact a line goes out;
/// commands come in, a line each: <c>hangup</c>, <c>transfer</c>, <c>figures</c>, and the end of the input.
/// </summary>
internal static class LineProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["control"]) return await BaresipControl.RunAsync();
        var orders = JsonSerializer.Deserialize<LineOrders>(args[0])!;
        using var stopping = new CancellationTokenSource();
        await using var line = SipLine.Open("test", orders.Options, TimeProvider.System, new SayingLogger());
        Say($"ready {line.Address} {line.SecureAddress}");
        var calls = new List<Task>();
        var legs = new List<IAudioLeg>();
        var accepting = AcceptAsync(line, orders, legs, calls, stopping.Token);
        while (await Console.In.ReadLineAsync(stopping.Token) is { } command)
        {
            switch (command)
            {
                case "hangup":
                    await legs[^1].HangUpAsync(stopping.Token);
                    break;
                case "transfer":
                    await legs[^1].TransferAsync(new("test", ContactCenterAgent.Core.Pii.Of("")), stopping.Token);
                    break;
                case "figures":
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    Say($"figures {JsonSerializer.Serialize(await line.FiguresAsync())} {GC.GetTotalMemory(forceFullCollection: true)}");
                    break;
            }
        }

        await stopping.CancelAsync();
        await accepting;
        return 0;
    }

    private static void Say(string fact)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(fact);
            Console.Out.Flush();
        }
    }

    private static async Task AcceptAsync(SipLine line, LineOrders orders, List<IAudioLeg> legs, List<Task> calls, CancellationToken stopping)
    {
        try
        {
            await foreach (var leg in line.AcceptAsync(stopping))
            {
                // The last ones are enough to talk to.
                if (legs.Count > 16) legs.RemoveAt(0);
                legs.Add(leg);
                calls.RemoveAll(c => c.IsCompleted);
                calls.Add(RunAsync(leg, orders, Interlocked.Increment(ref _calls), stopping));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(calls);
        }
    }

    private static int _calls;

    private static async Task RunAsync(IAudioLeg leg, LineOrders orders, int number, CancellationToken stopping)
    {
        Say($"offered {leg.CallerNumber?.Value ?? "-"}");
        var end = new FileEnd(orders.Play);
        try
        {
            var running = leg.RunAsync(end, new Sink(), stopping);
            if (orders.AnswerAfterMilliseconds is { } wait)
            {
                if (wait > 0) await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, stopping);
                await leg.AnswerAsync(stopping);
            }

            await running;
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        if (orders.Record is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number}.raw"), end.Heard, CancellationToken.None);
            Say($"recorded {number}");
        }

        await leg.DisposeAsync();
    }

    /// <summary>The line's log is part of what it says.</summary>
    private sealed class SayingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Say(formatter(state, exception));
        }
    }

    private sealed class Sink : ICallEventSink
    {
        public TimeSpan Now => TimeSpan.Zero;

        public ValueTask WriteAsync(CallEvent happened, CancellationToken cancellationToken)
        {
            Say(happened switch
            {
                LineOpened => "opened",
                DigitPressed digit => $"digit {digit.Digit.Value}",
                TransferEnded transfer => $"transferred {transfer.Outcome}",
                LineClosed closed => $"closed {(closed.Lost ? "lost" : "ordinary")}",
                _ => happened.GetType().Name,
            });
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FileEnd(string? play) : IAudioEnd
    {
        private readonly short[] _samples = play is null ? [] : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(play)).ToArray();
        private readonly List<short> _heard = [];
        private int _at;

        public byte[] Heard => System.Runtime.InteropServices.MemoryMarshal.AsBytes(_heard.ToArray().AsSpan()).ToArray();

        public void Hear(ReadOnlySpan<short> samples) => _heard.AddRange(samples);

        public int Play(Span<short> frame)
        {
            var length = Math.Min(frame.Length, _samples.Length - _at);
            _samples.AsSpan(_at, length).CopyTo(frame);
            _at += length;
            return length;
        }
    }
}
