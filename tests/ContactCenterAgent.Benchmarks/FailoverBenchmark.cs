using System.Collections.Immutable;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;
using ContactCenterAgent.Llm;
using ContactCenterAgent.Llm.Clients;
using ContactCenterAgent.Llm.Tests.Loopback;
using ContactCenterAgent.Llm.Tiers;

namespace ContactCenterAgent.Benchmarks;

/// <summary>
/// The wait for the first useful token where the first tier is silent and the next one answers at once: the first tier's deadline of 800 ms and what the switch itself costs. A
/// model's own time to its first token comes on top.
/// </summary>
internal static class FailoverBenchmark
{
    private const string Plan = """{"act":"none","answer":"none","calls":[],"withdrawn":[],"ask":[],"complete":true,"confidence":0.9,"reply":""}""";

    public static async Task<string> RunAsync(int samples)
    {
        var time = TimeProvider.System;
        var never = new TaskCompletionSource();
        await using var silent = await LoopbackOpenAI.StartAsync();
        await using var next = await LoopbackOpenAI.StartAsync();
        using var first = new OpenAIChatClient(new() { Address = silent.Address, Model = "silent" }, time);
        using var second = new OpenAIChatClient(new() { Address = next.Address, Model = "next" }, time);
        var limits = new TierLimits { BreakAtRequests = 1_000 };
        var tiers = new TieredPlanner([new("silent", new ChatPlanner(first)) { Limits = limits }, new("next", new ChatPlanner(second)) { Limits = limits }], time);
        var waits = new Histogram(samples);
        for (var i = 0; i <= samples; i++)
        {
            silent.Then(new(new LoopbackStep.Wait(never.Task)));
            next.Then(LoopbackAnswer.Says(Plan));
            var began = time.GetTimestamp();
            await foreach (var happened in tiers.PlanAsync(Request(), CancellationToken.None))
            {
                if (happened is not PlanProposed { Plan.Growing: true }) continue;
                // The first one opens the connections.
                if (i > 0) waits.Add(time.GetTimestamp() - began);
            }
        }

        return waits.Row("fail-over to the next tier's first useful token");
    }

    private static PlanRequest Request()
    {
        ImmutableArray<Word> words = [new("hello", default, default, true)];
        return new()
        {
            Generation = new(1),
            Role = PlannerRole.Authority,
            Turn = new(words, []),
            Hash = WordsHash.Of(words),
            LocalNow = new(2026, 11, 23, 10, 0, 0),
            Tools = [new() { Name = "hours", Effect = ToolEffect.Read }],
        };
    }
}
