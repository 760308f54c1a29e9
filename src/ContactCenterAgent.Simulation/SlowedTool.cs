using ContactCenterAgent.Abstractions;
using Microsoft.Extensions.AI;

namespace ContactCenterAgent.Simulation;

/// <summary>
/// Gives real tools the latency of real back ends, on any clock: a demo's database answers in a millisecond. What runs inside the ledger's transaction is not slowed
/// there, for the transaction would block everyone else's; slow the ledger too (<see cref="SlowedLedger"/>).
/// </summary>
public static class SlowedTool
{
    /// <summary>The same tool, slower.</summary>
    public static Tool Wrap(Tool tool, BackEndLatency latency, TimeProvider time) => tool with
    {
        Invoke = new Slowed(tool.Invoke, a => latency.OfCall(tool.Descriptor.Name, a), time),
        Confirm = End(tool.Confirm, latency, time),
        Release = End(tool.Release, latency, time),
        LookUp = End(tool.LookUp, latency, time),
    };

    private static Slowed? End(AIFunction? function, BackEndLatency latency, TimeProvider time) =>
        function is null ? null : new Slowed(function, a => latency.OfEnd(function.Name, Id(a)), time);

    private static string Id(AIFunctionArguments arguments) =>
        (arguments.Context?.TryGetValue(ToolContext.Hold, out var id) == true || arguments.Context?.TryGetValue(ToolContext.Key, out id) == true) && id is string text ? text : "";

    private sealed class Slowed(AIFunction inner, Func<AIFunctionArguments, TimeSpan> latency, TimeProvider time) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            if (arguments.Context?.ContainsKey(ToolContext.Transaction) != true) await Task.Delay(latency(arguments), time, cancellationToken);
            return await base.InvokeCoreAsync(arguments, cancellationToken);
        }
    }
}
