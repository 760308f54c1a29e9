using System.Globalization;
using ContactCenterAgent.Benchmarks;
using ContactCenterAgent.Benchmarks.Calls;
using ContactCenterAgent.Benchmarks.Streams;
using ContactCenterAgent.Media.Audio;

// What sound costs: `-- media`.
if (args is ["media"])
{
    Console.WriteLine("| what | samples | p50 us | p90 us | p99 us | p99.9 us | max us |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
    Console.WriteLine(MediaBenchmark.Frames(500_000, G711.SampleRate));
    Console.WriteLine(MediaBenchmark.Frames(500_000, G722Encoder.SampleRate));
    Console.WriteLine(await MediaBenchmark.FirstSoundAsync(100));
    Console.WriteLine(MediaBenchmark.Lateness(300, TimeSpan.FromSeconds(20), pressed: false));
    Console.WriteLine(MediaBenchmark.Lateness(300, TimeSpan.FromSeconds(20), pressed: true));
    return 0;
}

// sip-fuzz N: mutations of the torture messages for the SIP parser and stack.
if (args is ["sip-fuzz", var times]) return SipFuzzRun.Run(long.Parse(times, CultureInfo.InvariantCulture));

// "failover": from a silent tier to the next one's first useful token, over loopback HTTP.
if (args is ["failover", ..])
{
    Console.WriteLine("| what | samples | p50 us | p90 us | p99 us | p99.9 us | max us |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
    Console.WriteLine(await FailoverBenchmark.RunAsync(50));
    return 0;
}

// streams CALLS SECONDS: carrier-stream calls at once, with sound both ways.
if (args is ["streams", var calls, var seconds])
    return await StreamLoad.RunAsync(int.Parse(calls, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));

// barge-in N and first-audio N: calls to the host over SIP, measured by a phone's packets.
if (args is ["barge-in" or "first-audio", var runs])
{
    Console.WriteLine(CallFigures.Head);
    Console.WriteLine(args[0] == "barge-in" ? await BargeInBenchmark.RunAsync(int.Parse(runs, CultureInfo.InvariantCulture)) : await FirstAudioBenchmark.RunAsync(int.Parse(runs, CultureInfo.InvariantCulture)));
    return 0;
}

// Two figures of the core's budget: a step, and the planner on a partial. Durations are per call, in microseconds, all kept.
Console.WriteLine("| what | samples | p50 us | p90 us | p99 us | p99.9 us | max us |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
Console.WriteLine(StepBenchmark.Run(1_000_000));
Console.WriteLine(PlannerBenchmark.Run(20_000));
return 0;
