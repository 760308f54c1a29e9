using ContactCenterAgent.Benchmarks;

// "failover": from a silent tier to the next one's first useful token, over loopback HTTP.
if (args is ["failover", ..])
{
    Console.WriteLine("| what | samples | p50 us | p90 us | p99 us | p99.9 us | max us |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
    Console.WriteLine(await FailoverBenchmark.RunAsync(50));
    return;
}

// Two figures of the core's budget: a step, and the planner on a partial. Durations are per call, in microseconds, all kept.
Console.WriteLine("| what | samples | p50 us | p90 us | p99 us | p99.9 us | max us |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
Console.WriteLine(StepBenchmark.Run(1_000_000));
Console.WriteLine(PlannerBenchmark.Run(20_000));
