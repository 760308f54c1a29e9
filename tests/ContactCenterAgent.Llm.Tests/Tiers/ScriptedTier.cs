using System.Runtime.CompilerServices;
using ContactCenterAgent.Abstractions;
using ContactCenterAgent.Core;
using ContactCenterAgent.Core.Calls;
using ContactCenterAgent.Core.Tools;
using ContactCenterAgent.Core.Turns;

namespace ContactCenterAgent.Llm.Tests.Tiers;

/// <summary>A planner that does what a test has written down: <c>"0.3 grows; 0.2 plan; says Hello.; end"</c>, with waits in seconds before each.</summary>
internal sealed class ScriptedTier(TimeProvider time, params string[] scripts) : IPlanner
{
    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>How often it was called off.</summary>
    public int Cancelled { get; private set; }

    public async IAsyncEnumerable<CallEvent> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var script = scripts[Math.Min(Asked++, scripts.Length - 1)];
        foreach (var step in script.Split(';', StringSplitOptions.TrimEntries))
        {
            var (wait, does) = char.IsAsciiDigit(step[0]) && step.IndexOf(' ', StringComparison.Ordinal) is var space ? (double.Parse(step[..space]), step[(space + 1)..]) : (0, step);
            if (wait > 0) await WaitAsync(wait, cancellationToken);
            if (does == "throw") throw new InvalidOperationException("Dana Whitfield");
            yield return does switch
            {
                "grows" => new PlanProposed(default, request.Generation, new() { Read = request.Hash, Growing = true }),
                "plan" => new PlanProposed(default, request.Generation, new() { Read = request.Hash }),
                "end" => new PlannerEnded(default, request.Generation),
                "stall" => new PlannerStalled(default, request.Generation),
                _ => new ReplySentence(default, request.Generation, Pii.Of(does["says ".Length..])),
            };
        }
    }

    private async Task WaitAsync(double seconds, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }
    }
}
