using System.Globalization;
using System.Net;
using ContactCenterAgent.Media.Clock;
using ContactCenterAgent.Transports.WebSocket.Twilio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterAgent.Benchmarks.Streams;

/// <summary>
/// Carrier-stream calls at once, with sound both ways, line and carrier in one process: how late the agent's frames reach the carrier, and what memory does.
/// </summary>
internal static class StreamLoad
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string StreamUrl = "wss://calls.example.org/lines/twilio/stream";
    private const int Spare = 100;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>Runs it and prints its figures.</summary>
    /// <returns>0 = late frames and memory are within what is promised.</returns>
    public static async Task<int> RunAsync(int calls, TimeSpan length)
    {
        using var clock = new MediaClock(TimeProvider.System, "line");
        using var pace = new MediaClock(TimeProvider.System, "carrier");
        var options = new TwilioOptions { PublicUrl = "https://calls.example.org", AuthToken = Token, Tickets = false, Calls = calls };
        using var http = new HttpClient();
        await using var line = new TwilioLine("load", options, http, clock, TimeProvider.System, NullLogger.Instance);
        await using var host = await StartAsync(line);
        var address = new UriBuilder(host.Urls.First()) { Scheme = "ws", Path = options.Path + "/stream" }.Uri;
        using var stop = new CancellationTokenSource();
        var answering = AnswerAllAsync(line, stop.Token);
        List<CarrierStream> streams = [];
        for (var i = 0; i < calls; i++) streams.Add(await CarrierStream.OpenAsync(address, Token, StreamUrl, $"{i}", pace));

        await Task.Delay(WarmUp, TimeProvider.System);
        var counts = streams.Select(_ => new FrameLateness((int)(length / Frame) + Spare)).ToList();
        var before = Memory();
        var (spent, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        foreach (var (stream, count) in streams.Zip(counts)) stream.Count(count);
        await Task.Delay(length, TimeProvider.System);
        var lateness = streams.Select(s => s.Stop()).ToList();
        var cost = new Cost(Environment.CpuUsage.TotalTime - spent, GC.GetTotalAllocatedBytes() - allocated, Load());
        var after = Memory();

        foreach (var stream in streams) await stream.DisposeAsync();
        await stop.CancelAsync();
        var heard = await answering;
        return Report(calls, length, lateness, before, after, cost, heard, clock);
    }

    private static async Task<WebApplication> StartAsync(TwilioLine line)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        line.Map(app);
        await app.StartAsync();
        return app;
    }

    /// <returns>Samples heard in all.</returns>
    private static async Task<long> AnswerAllAsync(TwilioLine line, CancellationToken cancellationToken)
    {
        List<(Speaker Speaker, Task Running)> up = [];
        try
        {
            await foreach (var leg in line.AcceptAsync(cancellationToken))
            {
                var speaker = new Speaker();
                up.Add((speaker, leg.RunAsync(speaker, speaker, CancellationToken.None)));
                await leg.AnswerAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(up.Select(u => u.Running));
        }

        return up.Sum(u => u.Speaker.Heard);
    }

    private static (double Heap, double Working) Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (heap / 1048576.0, process.WorkingSet64 / 1048576.0);
    }

    /// <summary>What else the machine does: a figure of lateness says little without it.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private sealed record Cost(TimeSpan Processor, long Allocated, string Load);

    private static int Report(int calls, TimeSpan length, List<FrameLateness> lateness, (double Heap, double Working) before, (double Heap, double Working) after, Cost cost, long heard, MediaClock clock)
    {
        var all = lateness.Aggregate(new FrameLateness(), (sum, one) => sum.With(one));
        var share = all.Frames == 0 ? 1 : (double)all.LaterThanFrame / all.Frames;
        var expected = calls * length / MediaClock.Frame;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls {calls}, {length.TotalSeconds:n0} s after {WarmUp.TotalSeconds:n0} s of warm-up, line and carrier in one process on {Environment.ProcessorCount} cores"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frames of the agent that reached the carrier: {all.Frames:n0} of {expected:n0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"more than 20 ms late: {all.LaterThanFrame:n0} = {share:p3}; latest {all.Latest.TotalMilliseconds:n1} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the line's clock: more than 20 ms late {clock.Lateness.ShareLaterThan(MediaClock.Frame):p3}, latest {clock.Lateness.Largest.TotalMilliseconds:n1} ms, left out {clock.SkippedTicks:n0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heard by the agent: {heard / 8_000.0:n0} s of sound"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"processor time of both sides: {cost.Processor.TotalSeconds:n1} s in {length.TotalSeconds:n0} s; {(double)cost.Allocated / Math.Max(1, all.Frames):n0} bytes allocated a frame each way; load average {cost.Load}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heap {before.Heap:n1} -> {after.Heap:n1} MiB, working set {before.Working:n0} -> {after.Working:n0} MiB"));
        return share < 0.001 && all.Frames > 0.98 * expected && after.Heap < before.Heap + 8 ? 0 : 1;
    }
}
